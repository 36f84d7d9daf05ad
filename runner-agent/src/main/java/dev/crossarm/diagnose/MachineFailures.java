package dev.crossarm.diagnose;

import java.util.List;

/** What stops any build on this machine. */
final class MachineFailures {
    static final List<FailureClass> ALL = List.of(
            FailureClass.of(
                    "disk-full",
                    "The disk is full",
                    "(?:No space left on device|Disk quota exceeded)(?![\"'\\\\])|\\(os error 28\\)",
                    "The file system the build writes to has no room left, or no inodes. Half-written files of this build"
                            + " may stay behind and confuse the next one.",
                    "See where it went: df -h . ; df -i . ; du -sh target",
                    "cargo clean",
                    "crossarm doctor"),
            FailureClass.of(
                    "out-of-memory",
                    "The machine ran out of memory",
                    "ld terminated with signal 9|signal: 9, SIGKILL|fatal error: Killed signal"
                            + "|(?:^|: )(?:virtual )?(?:[Oo]ut of memory|memory exhausted|Cannot allocate memory)(?![\"'\\\\])"
                            + "|memory allocation of \\d+ bytes failed",
                    "The kernel ended a compiler or the linker, or it could not get memory. Linking with debug information"
                            + " and many jobs at once take the most.",
                    "Build fewer things at once: cargo build --jobs 2",
                    "Link with less debug information: CARGO_PROFILE_RELEASE_DEBUG=0, CARGO_PROFILE_DEV_DEBUG=1",
                    "Add swap, or see what the kernel ended: sudo dmesg | grep -i 'killed process'"));

    private MachineFailures() {}
}
