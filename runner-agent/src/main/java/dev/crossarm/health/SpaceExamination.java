package dev.crossarm.health;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.text.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Free space and inodes where we and builds write. */
final class SpaceExamination implements Examination {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    /** A toolchain with one more target takes about one GiB; a build directory of a middling project as much again. */
    private static final long COMFORTABLE = 4 * GIB;

    private static final long LEAST = 512 * MIB;
    private static final long FEW_INODES = 20_000;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final CommandRunner commands;
    private final Set<Path> places;

    SpaceExamination(DoctorSubject subject) {
        this.commands = subject.commands();
        this.places = new LinkedHashSet<>(List.of(
                existing(subject.layout().prefix()),
                existing(subject.layout().state()),
                existing(subject.root().resolve("tmp"))));
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        for (Path place : places) {
            CommandResult result =
                    commands.run(Command.of("stat", "--file-system", "--format=%a %S %d %c", "--", place.toString())
                            .within(DEADLINE));
            String[] numbers = result.out().whole().strip().split(" ", -1);
            if (!result.succeeded() || numbers.length != 4) {
                findings.add(Finding.warning(
                        "disk", "free space under " + place + " is unknown", String.join("\n", result.lastLines())));
                continue;
            }
            findings.add(space(place, Long.parseUnsignedLong(numbers[0]) * Long.parseUnsignedLong(numbers[1])));
            long inodes = Long.parseUnsignedLong(numbers[2]);
            if (Long.parseUnsignedLong(numbers[3]) > 0 && inodes < FEW_INODES) {
                findings.add(Finding.warning(
                        "inodes",
                        inodes + " inodes free under " + place,
                        "A build creates tens of thousands of files; without inodes it fails with: No space left on"
                                + " device.",
                        "df -i " + place,
                        "Remove directories of many small files, such as old target/ directories"));
            }
        }
        return findings;
    }

    private static Finding space(Path place, long free) {
        String summary = Quantity.size(free) + " free under " + place;
        if (free >= COMFORTABLE) {
            return Finding.ok("disk", summary);
        }
        String detail = "A toolchain with the target takes about 1 GiB, a build directory about as much.";
        String remedy = "du -xh --max-depth=2 " + place + " | sort -h | tail";
        return free < LEAST
                ? Finding.error("disk", summary, detail, remedy)
                : Finding.warning("disk", summary, detail, remedy);
    }

    private static Path existing(Path path) {
        Path at = path;
        while (at.getParent() != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at;
    }
}
