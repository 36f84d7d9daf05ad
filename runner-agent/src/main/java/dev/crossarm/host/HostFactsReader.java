package dev.crossarm.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out the {@link HostFacts}. What a machine does not tell gets the value that os-release(5) says, or zero. */
public final class HostFactsReader {
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(?<kib>[0-9]+) kB");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** Java's names of architectures to those of {@code uname -m}, where they differ. */
    private static final Map<String, String> UNAME = Map.of("amd64", "x86_64", "x86", "i686", "arm", "armv7l");

    private static final List<String> OS_RELEASE = List.of("etc/os-release", "usr/lib/os-release");

    private final Path root;
    private final String javaArchitecture;
    private final int processors;

    /** Reads the machine this process runs on. */
    public HostFactsReader() {
        this(
                Path.of("/"),
                System.getProperty("os.arch", ""),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param root folder that stands for {@code /}
     * @param javaArchitecture as Java's {@code os.arch} says it
     */
    public HostFactsReader(Path root, String javaArchitecture, int processors) {
        this.root = root;
        this.javaArchitecture = javaArchitecture;
        this.processors = processors;
    }

    /** The machine's name as the kernel has it; empty when it has none. */
    public static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException none) {
            return "";
        }
    }

    /** The architecture of the machine this process runs on, as {@code uname -m} says it; costs nothing. */
    public static String architecture() {
        return unameOf(System.getProperty("os.arch", ""));
    }

    private static String unameOf(String javaArchitecture) {
        return UNAME.getOrDefault(javaArchitecture, javaArchitecture);
    }

    public HostFacts read() {
        Map<String, String> system = OS_RELEASE.stream()
                .flatMap(place -> text(place).stream())
                .findFirst()
                .map(OsRelease::parse)
                .orElse(Map.of());
        return new HostFacts(
                system.getOrDefault("ID", "linux"),
                system.getOrDefault("VERSION_ID", ""),
                system.getOrDefault("PRETTY_NAME", "Linux"),
                unameOf(javaArchitecture),
                text("proc/sys/kernel/osrelease").orElse("").strip(),
                memory(),
                processors);
    }

    private long memory() {
        Matcher line = MEMORY.matcher(text("proc/meminfo").orElse(""));
        return line.find() ? Long.parseLong(line.group("kib")) * 1024 : 0;
    }

    private Optional<String> text(String place) {
        try {
            return Optional.of(new String(Files.readAllBytes(root.resolve(place)), StandardCharsets.UTF_8));
        } catch (IOException notTold) {
            return Optional.empty();
        }
    }
}
