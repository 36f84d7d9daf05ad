package dev.crossarm.job.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crossarm.job.program.Packed;
import dev.crossarm.job.program.ProgramResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outputs of a build for the later steps of a job. With one program each is the plain value, with several a JSON list in
 * the order of {@code binaries}, with none empty. {@code binaries}, {@code zips} and {@code archives} are JSON lists always, for
 * {@code fromJSON} in a matrix.
 */
public final class JobOutputs {

    private JobOutputs() {}

    /** Names and values; what they hold is not escaped. */
    public static Map<String, String> of(BuildSummary summary) {
        List<ProgramResult> programs = summary.programs();
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("binary", value(programs, one -> one.program().file().toString()));
        outputs.put("zip", value(programs, one -> path(one.zip())));
        outputs.put("archive", value(programs, one -> path(one.archive())));
        outputs.put("sha256", value(programs, ProgramResult::sha256));
        outputs.put(
                "zip-sha256",
                value(programs, one -> one.zip().map(Packed::sha256).orElse("")));
        outputs.put("size", value(programs, one -> Long.toString(one.bytes())));
        outputs.put("static", Boolean.toString(summary.allStatic()));
        outputs.put("seconds", BigDecimal.valueOf(summary.total().toMillis(), 3).toPlainString());
        outputs.put("binaries", list(programs.stream().map(one -> one.program().file())));
        outputs.put(
                "zips",
                list(programs.stream().flatMap(one -> one.zip().stream()).map(Packed::file)));
        outputs.put(
                "archives",
                list(programs.stream().flatMap(one -> one.archive().stream()).map(Packed::file)));
        return outputs;
    }

    private static String value(List<ProgramResult> programs, Function<ProgramResult, String> part) {
        List<String> values = programs.stream().map(part).toList();
        if (values.stream().allMatch(String::isEmpty)) {
            return "";
        }
        if (values.size() == 1) {
            return values.get(0);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return list.toString();
    }

    private static String list(java.util.stream.Stream<Path> files) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        files.map(Path::toString).forEach(list::add);
        return list.toString();
    }

    private static String path(Optional<Packed> packed) {
        return packed.map(one -> one.file().toString()).orElse("");
    }
}
