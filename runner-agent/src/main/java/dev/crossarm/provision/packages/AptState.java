package dev.crossarm.provision.packages;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether packages can be installed now.
 *
 * @param holder who holds a lock of apt or dpkg, for example {@code unattended-upgr (pid 812)}
 * @param lockFile the lock that is held
 * @param interrupted whether dpkg was cut off and {@code dpkg --configure -a} is needed
 * @param unfinished packages it had begun with
 */
public record AptState(Optional<String> holder, Optional<Path> lockFile, boolean interrupted, List<String> unfinished) {

    public AptState {
        unfinished = List.copyOf(unfinished);
    }

    /**
     * Reads the kernel's list of locks and dpkg's files; starts nothing.
     *
     * @param root {@code /} but for tests
     * @param machine as {@code uname -m} prints it
     * @throws dev.crossarm.problem.CrossarmException when dpkg's files cannot be read
     */
    public static AptState read(Path root, String machine) {
        Optional<AptLocks.Holder> holder = new AptLocks(root).holder();
        DpkgDatabase.Contents contents = DpkgDatabase.of(root, machine).read();
        return new AptState(
                holder.map(AptLocks.Holder::toString),
                holder.map(AptLocks.Holder::file),
                contents.interrupted() && holder.isEmpty(),
                List.copyOf(contents.unfinished()));
    }
}
