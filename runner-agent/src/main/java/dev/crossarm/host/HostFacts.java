package dev.crossarm.host;

/**
 * What is true of this machine for the length of a run.
 *
 * @param osId {@code ID} of os-release, for example {@code debian}
 * @param osVersion {@code VERSION_ID} of os-release, for example {@code 13}; empty when it has none (Debian sid)
 * @param osName {@code PRETTY_NAME} of os-release
 * @param architecture as {@code uname -m} prints it: {@code aarch64}, {@code x86_64}
 * @param kernel kernel release
 * @param memoryBytes physical memory in bytes
 * @param processors processors this process may use
 */
public record HostFacts(
        String osId,
        String osVersion,
        String osName,
        String architecture,
        String kernel,
        long memoryBytes,
        int processors) {}
