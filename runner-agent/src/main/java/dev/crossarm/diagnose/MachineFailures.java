package dev.crossarm.diagnose;

import java.util.List;

/** What stops any build on this machine. */
final class MachineFailures {
    static final List<FailureClass> ALL = List.of(
            FailureClass.of(
                    "disk-full",
                    "The disk is full",
                    "(?:No space left on device|Disk quota exceeded)(?![\"'\\\\])|\\(os error 28\\)",
                    "The file system of the build has no space or no inodes left. Half-written files may remain and"
                            + " confuse the next build.",
                    "See what uses the space: df -h . ; df -i . ; du -sh target",
                    "cargo clean",
                    "crossarm doctor"),
            FailureClass.of(
                    "out-of-memory",
                    "The machine ran out of memory",
                    "ld terminated with signal 9|signal: 9, SIGKILL|fatal error: Killed signal"
                            + "|(?:^|: )(?:virtual )?(?:[Oo]ut of memory|memory exhausted|Cannot allocate memory)(?![\"'\\\\])"
                            + "|memory allocation of \\d+ bytes failed",
                    "The kernel killed a compiler or the linker, or it could not allocate memory. Linking with debug"
                            + " information and parallel jobs need the most memory.",
                    "Run fewer jobs in parallel: cargo build --jobs 2",
                    "Link with less debug information: CARGO_PROFILE_RELEASE_DEBUG=0, CARGO_PROFILE_DEV_DEBUG=1",
                    "Add swap, or see what the kernel killed: sudo dmesg | grep -i 'killed process'"));

    private MachineFailures() {}
}
