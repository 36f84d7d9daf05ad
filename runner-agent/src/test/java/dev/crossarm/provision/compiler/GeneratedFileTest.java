package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepContract;
import dev.crossarm.plan.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFileTest {
    private static final String CONTENT = "set(CMAKE_SYSTEM_NAME Linux)\n";

    @TempDir
    Path root;

    private static Path file(Path host) {
        return host.resolve("opt/crossarm/pkg-config/triple/README");
    }

    private static Step step(Path host, Checkpoint checkpoint, Optional<String> wanted) {
        return new FileSetStep(
                new GeneratedFile(
                        StepId.of("pkg-config"),
                        "pkg-config's folder",
                        file(host),
                        wanted,
                        host.resolve("opt/crossarm")),
                new DurableFiles(checkpoint));
    }

    private Step wanted() {
        return step(root, Checkpoint.NONE, Optional.of(CONTENT));
    }

    private static void carryOut(Step step) {
        ((Observation.Drifted) step.check()).repairs().forEach(repair -> step.apply(repair.fix(), Progress.NONE));
    }

    private static void takeAway(Step step) {
        for (Repair repair : step.planRemoval()) {
            step.apply(repair.fix(), Progress.NONE);
        }
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of((host, checkpoint) -> step(host, checkpoint, Optional.of(CONTENT)))
                .startingFrom(host -> Files.createDirectories(host.resolve("opt")))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract_beside_files_of_others() {
        return StepContract.of((host, checkpoint) -> step(host, checkpoint, Optional.of(CONTENT)))
                .startingFrom(host -> {
                    Files.createDirectories(file(host).getParent());
                    Files.writeString(file(host).resolveSibling("zlib.pc"), "Name: zlib\n");
                })
                .tests();
    }

    @Test
    void puts_its_content_back_when_somebody_edited_the_file() throws IOException {
        carryOut(wanted());
        Files.writeString(file(root), "mine");

        assertThat(wanted().check()).isInstanceOf(Observation.Drifted.class);
        carryOut(wanted());

        assertThat(file(root)).hasContent(CONTENT);
    }

    @Test
    void replaces_a_link_and_leaves_alone_what_it_leads_to() throws IOException {
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), CONTENT);
        Files.createDirectories(file(root).getParent());
        Files.createSymbolicLink(file(root), elsewhere);

        carryOut(wanted());

        assertThat(file(root)).isRegularFile().hasContent(CONTENT);
        assertThat(Files.isSymbolicLink(file(root))).isFalse();
        assertThat(elsewhere).hasContent(CONTENT);
    }

    @Test
    void keeps_what_others_put_beside_it_when_it_is_removed() throws IOException {
        carryOut(wanted());
        Path foreign = Files.writeString(file(root).resolveSibling("zlib.pc"), "Name: zlib\n");

        takeAway(wanted());

        assertThat(file(root)).doesNotExist();
        assertThat(foreign).hasContent("Name: zlib\n");
    }

    @Test
    void takes_its_file_away_when_the_compiler_kind_no_longer_wants_it() {
        carryOut(wanted());
        Step unwanted = step(root, Checkpoint.NONE, Optional.empty());

        carryOut(unwanted);

        assertThat(root.resolve("opt/crossarm")).doesNotExist();
        assertThat(((Observation.Satisfied) unwanted.check()).evidence())
                .containsExactly("not needed by this compiler kind");
    }
}
