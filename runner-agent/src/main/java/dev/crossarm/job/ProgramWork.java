package dev.crossarm.job;

import dev.crossarm.job.prepare.Prepared;
import dev.crossarm.job.program.BuiltProgram;
import dev.crossarm.job.program.Finishing;
import dev.crossarm.job.program.LambdaZip;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.job.program.SizeHistory;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What this request wants done with the programs that cargo built. */
final class ProgramWork {
    private final BuildRequest request;
    private final Finishing finishing;
    private final SizeHistory history;
    private final Path output;
    private final boolean check;

    ProgramWork(BuildHost host, BuildRequest request, Prepared prepared) {
        this.request = request;
        this.finishing = new Finishing(host.commands(), host.files(), host.target());
        this.history = new SizeHistory(
                host.files(),
                request.cache().root().resolve("sizes"),
                host.surroundings()
                        .variable("GITHUB_REPOSITORY")
                        .orElse(prepared.project().root().toString()));
        this.output = request.packing()
                .output()
                .orElse(prepared.project()
                        .targetDirectory()
                        .resolve("crossarm")
                        .resolve(host.target().triple()));
        this.check = request.checks() != BuildRequest.Checks.OFF;
    }

    /** Every program as it is left: without symbols where that is asked for, or is usual for the profile. */
    List<ProgramResult> proven(List<BuiltProgram> programs) {
        String profile = request.cargo().profile();
        boolean strip = request.packing().strip().orElse(!profile.equals("dev") && !profile.equals("test"));
        List<ProgramResult> results = new ArrayList<>();
        programs.forEach(program -> results.add(
                finishing.prove(program, check, strip, request.packing().debugFile())));
        return results;
    }

    /** Each held against the last build, of which this one is the next. */
    List<ProgramResult> compared(List<ProgramResult> programs) {
        return finishing.compared(programs, history, request.cargo().profile());
    }

    boolean packs() {
        return request.packing().lambda().isPresent() || request.packing().archive();
    }

    /** Zip and archive of each, where asked for. */
    List<ProgramResult> packed(List<ProgramResult> programs) {
        Finishing.Packing packing =
                new Finishing.Packing(request.directory(), request.packing().include(), output);
        Optional<LambdaZip.Layout> layout =
                request.packing().lambda().map(word -> LambdaZip.Layout.valueOf(word.toUpperCase(Locale.ROOT)));
        List<ProgramResult> zipped = layout.map(kind -> finishing.zipped(programs, kind, packing, check))
                .orElse(programs);
        return request.packing().archive() ? finishing.archived(zipped, packing) : zipped;
    }
}
