package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptStoreTest {
    private static final StepId PACKAGES = StepId.of("packages");

    @TempDir
    Path directory;

    private ReceiptStore receipts = new ReceiptStore(new DurableFiles(Checkpoint.NONE), Path.of("unset"));

    record Added(List<String> packages, Map<String, String> versions, boolean aptListsFetched, int runs) {
        Added {
            packages = List.copyOf(packages);
            versions = Map.copyOf(versions);
        }
    }

    private static final Added ADDED = new Added(List.of("cmake", "Ünïcode"), Map.of("cmake", "3.31"), true, 2);

    @BeforeEach
    void openStore() {
        receipts = new ReceiptStore(new DurableFiles(Checkpoint.NONE), directory.resolve("receipts"));
    }

    @Test
    void gives_back_what_was_written() {
        receipts.write(PACKAGES, ADDED);

        assertThat(receipts.read(PACKAGES, Added.class)).contains(ADDED);
    }

    @Test
    void has_nothing_before_the_first_and_after_deletion() {
        assertThat(receipts.read(PACKAGES, Added.class)).isEmpty();
        receipts.write(PACKAGES, ADDED);
        receipts.delete(PACKAGES);
        receipts.delete(PACKAGES);
        assertThat(receipts.read(PACKAGES, Added.class)).isEmpty();
    }

    @Test
    void is_a_file_people_can_read() throws IOException {
        receipts.write(PACKAGES, new Added(List.of("cmake"), Map.of(), false, 1));

        assertThat(receipts.file(PACKAGES)).hasContent("""
                        {
                          "schemaVersion" : 1,
                          "step" : "packages",
                          "receipt" : {
                            "packages" : [ "cmake" ],
                            "versions" : { },
                            "aptListsFetched" : false,
                            "runs" : 1
                          }
                        }
                        """);
        assertThat(Files.getPosixFilePermissions(receipts.file(PACKAGES)))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\u0000\u0000",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":0,\"step\":\"packages\",\"receipt\":{}}",
                "{\"schemaVersion\":1,\"step\":\"rustup\",\"receipt\":{}}",
                "{\"schemaVersion\":1,\"step\":\"packages\",\"receipt\":[]}",
                "{\"schemaVersion\":1,\"step\":\"packages\",\"receipt\":{}}",
                "{\"schemaVersion\":1,\"step\":\"packages\",\"receipt\":{\"packages\":null,\"versions\":{},\"aptListsFetched\":true,\"runs\":1}}",
                "{\"schemaVersion\":1,\"step\":\"packages\",\"receipt\":{\"packages\":[],\"versions\":{},\"aptListsFetched\":true,\"runs\":1,\"more\":1}}",
                "{\"schemaVersion\":1,\"schemaVersion\":1,\"step\":\"packages\",\"receipt\":{}}",
                "{\"schemaVersion\":1,\"step\":\"packages\",\"receipt\":{\"packages\":[],\"versions\":{},\"aptListsFetched\":true,\"runs\":1}} x"
            })
    void names_the_file_and_the_remedy_when_a_receipt_is_damaged(String content) throws IOException {
        Files.createDirectories(directory.resolve("receipts"));
        Files.writeString(receipts.file(PACKAGES), content);

        Problem problem = problem();

        assertThat(problem.code()).isEqualTo("receipt-damaged");
        assertThat(problem.exit()).isEqualTo(ExitStatus.DATA);
        assertThat(problem.detail()).startsWith(receipts.file(PACKAGES).toString());
        assertThat(problem.remedies()).contains("sudo rm " + receipts.file(PACKAGES));
    }

    @Test
    void is_damaged_at_every_length_but_the_whole() throws IOException {
        receipts.write(PACKAGES, ADDED);
        byte[] whole = Files.readAllBytes(receipts.file(PACKAGES));
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(receipts.file(PACKAGES), java.util.Arrays.copyOf(whole, length));
            assertThat(problem().code()).as("%s bytes", length).isEqualTo("receipt-damaged");
        }
    }

    @Test
    void refuses_a_receipt_of_a_newer_version() throws IOException {
        Files.createDirectories(directory.resolve("receipts"));
        Files.writeString(receipts.file(PACKAGES), "{\"schemaVersion\":2,\"anything\":[]}");

        assertThat(problem().code()).isEqualTo("receipt-too-new");
        assertThat(problem().exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(problem().detail()).endsWith("schema version 2, this crossarm knows 1");
    }

    @Test
    void says_so_when_a_directory_is_in_its_place() throws IOException {
        Files.createDirectories(receipts.file(PACKAGES));

        assertThat(problem().code()).isEqualTo("directory-in-place");
    }

    private Problem problem() {
        return catchThrowableOfType(CrossarmException.class, () -> receipts.read(PACKAGES, Added.class))
                .problem();
    }
}
