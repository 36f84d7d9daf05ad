package dev.crossarm.job.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.job.cargo.CargoRun;
import dev.crossarm.job.cargo.CargoScreen;
import dev.crossarm.job.cargo.CrateTimes;
import dev.crossarm.job.cargo.Project;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root delivers into a checkout of another account. Needs root. */
final class DeliveryTest {
    private static final String TRIPLE = "x86_64-unknown-linux-musl";

    @TempDir
    Path folder;

    private Path slot;
    private Path built;
    private Path checkout;
    private Path place;
    private Path roots;

    @BeforeEach
    void build() throws IOException {
        slot = folder.resolve("cache/target");
        built = slot.resolve(TRIPLE).resolve("release/app");
        Files.createDirectories(built.getParent());
        Files.writeString(built, "new program");
        Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-x---"));
        checkout = OtherAccount.folder(folder.resolve("checkout"));
        place = checkout.resolve("target").resolve(TRIPLE).resolve("release");
        roots = Files.writeString(folder.resolve("roots"), "root's own");
    }

    @Test
    void copies_a_program_with_its_mode_and_time_and_leaves_nothing_beside() throws IOException {
        theirs();

        assertThat(deliver().placeOf(built)).isEqualTo(place.resolve("app"));

        assertThat(place.resolve("app")).hasContent("new program");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve("app"))))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getLastModifiedTime(place.resolve("app")).toMillis())
                .isEqualTo(Files.getLastModifiedTime(built).toMillis());
        try (var entries = Files.list(place)) {
            assertThat(entries).containsExactly(place.resolve("app"));
        }
    }

    @Test
    void leaves_no_moment_without_a_program_for_another_build_that_is_proving_it() throws IOException {
        theirs();
        Path old = OtherAccount.file(place.resolve("app"), "older program");
        AtomicInteger looks = new AtomicInteger();

        deliver(at -> {
            looks.incrementAndGet();
            assertThat(old).as(at).isRegularFile();
        });

        assertThat(looks).hasPositiveValue();
        assertThat(old).hasContent("new program");
    }

    @Test
    void makes_the_folders_that_are_missing_for_the_owner_of_the_checkout() throws IOException {
        deliver();

        assertThat(place.resolve("app")).hasContent("new program");
        assertThat(Files.getOwner(checkout.resolve("target")).getName()).isEqualTo(OtherAccount.NAME);
    }

    @Test
    void writes_through_no_link_that_stands_where_it_writes() throws IOException {
        theirs();
        OtherAccount.own(Files.createSymbolicLink(place.resolve("app"), roots));
        OtherAccount.own(Files.createSymbolicLink(
                place.resolve(".app." + ProcessHandle.current().pid()), roots));

        deliver();

        assertThat(roots).hasContent("root's own");
        assertThat(place.resolve("app")).isRegularFile().hasContent("new program");
        assertThat(Files.isSymbolicLink(place.resolve("app"))).isFalse();
    }

    @Test
    void takes_no_link_for_the_program_however_alike_its_target_is() throws IOException {
        theirs();
        Path alike = OtherAccount.file(checkout.resolve("alike"), "old program");
        Files.setLastModifiedTime(alike, Files.getLastModifiedTime(built));
        OtherAccount.own(Files.createSymbolicLink(place.resolve("app"), alike));

        deliver();

        assertThat(place.resolve("app")).hasContent("new program");
    }

    @Test
    void goes_through_no_link_on_the_way() throws IOException {
        Path inside =
                Files.createDirectories(folder.resolve("inside").resolve(TRIPLE).resolve("release"));
        Files.writeString(inside.resolve("app"), "root's own");
        OtherAccount.own(Files.createSymbolicLink(checkout.resolve("target"), folder.resolve("inside")));

        CrossarmException refused = catchThrowableOfType(CrossarmException.class, this::deliver);

        assertThat(refused.problem().code()).isEqualTo("link-on-the-way");
        assertThat(inside.resolve("app")).hasContent("root's own");
    }

    private void theirs() throws IOException {
        Path made = checkout;
        for (Path name : checkout.relativize(place)) {
            made = OtherAccount.folder(made.resolve(name));
        }
    }

    private Delivery deliver() {
        return deliver(Checkpoint.NONE);
    }

    private Delivery deliver(Checkpoint checkpoint) {
        CargoRun run = new CargoRun(
                new CargoScreen(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8), false),
                new CrateTimes(() -> 0));
        run.out(("{\"reason\":\"compiler-artifact\",\"package_id\":\"demo\",\"manifest_path\":\"/p/Cargo.toml\","
                        + "\"target\":{\"name\":\"app\",\"kind\":[\"bin\"]},\"profile\":{\"test\":false},"
                        + "\"filenames\":[\"" + built + "\"],\"executable\":\"" + built + "\",\"fresh\":false}\n")
                .getBytes(UTF_8));
        Project.Member member = new Project.Member(
                "demo", "demo", "1.0.0", checkout.resolve("Cargo.toml"), List.of("bin"), List.of("app"));
        Project project = new Project(checkout, checkout.resolve("target"), List.of(member), Set.of("demo"));
        return Delivery.of(new DurableFiles(checkpoint), run, project, slot, checkout.resolve("target"), TRIPLE, true);
    }
}
