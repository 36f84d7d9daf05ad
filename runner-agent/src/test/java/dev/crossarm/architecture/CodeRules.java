package dev.crossarm.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What classes may not do, wherever they stand. */
record CodeRules(PackageTable table) {

    /** Members that ask or change the process; what they give is handed down from the wiring. */
    private static final Map<String, Set<String>> SYSTEM_MEMBERS = Map.of(
            "java.lang.System",
                    Set.of(
                            "getenv",
                            "getProperty",
                            "getProperties",
                            "setProperty",
                            "exit",
                            "in",
                            "out",
                            "err",
                            "currentTimeMillis",
                            "nanoTime",
                            "console"),
            "java.lang.Runtime", Set.of("exec", "exit", "halt", "addShutdownHook"),
            "java.lang.Thread", Set.of("sleep"),
            "java.lang.ProcessBuilder", Set.of("<init>"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZoneId", Set.of("systemDefault"));

    /** Ways to read or write text in whatever charset the machine happens to have. */
    private static final List<Unclear> UNCLEAR_CHARSETS = List.of(
            new Unclear("java.lang.String", "getBytes", List.of()),
            new Unclear("java.lang.String", "<init>", List.of("[B")),
            new Unclear("java.lang.String", "<init>", List.of("[B", "int", "int")),
            new Unclear("java.io.InputStreamReader", "<init>", List.of("java.io.InputStream")),
            new Unclear("java.io.OutputStreamWriter", "<init>", List.of("java.io.OutputStream")),
            new Unclear("java.io.PrintStream", "<init>", List.of("java.io.OutputStream")),
            new Unclear("java.io.PrintStream", "<init>", List.of("java.io.OutputStream", "boolean")),
            new Unclear("java.io.PrintWriter", "<init>", List.of("java.io.OutputStream")),
            new Unclear("java.io.PrintWriter", "<init>", List.of("java.io.OutputStream", "boolean")),
            new Unclear("java.io.ByteArrayOutputStream", "toString", List.of()),
            new Unclear("java.io.FileReader", "<init>", List.of("java.lang.String")),
            new Unclear("java.io.FileWriter", "<init>", List.of("java.lang.String")),
            new Unclear("java.util.Scanner", "<init>", List.of("java.io.InputStream")),
            new Unclear("java.nio.charset.Charset", "defaultCharset", List.of()));

    private record Unclear(String owner, String member, List<String> parameters) {
        boolean is(JavaAccess<?> access) {
            return access.getTargetOwner().getName().equals(owner)
                    && access.getTarget().getName().equals(member)
                    && access.getTarget()
                            instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget code
                    && code.getRawParameterTypes().stream()
                            .map(JavaClass::getName)
                            .toList()
                            .equals(parameters);
        }
    }

    /**
     * Ways to read or change a file by whatever its path leads to by then: a link, a pipe, a device, something without an
     * end. Looking at files and listing folders is free.
     */
    private static final Map<String, Set<String>> PLAIN_FILE_MEMBERS = Map.ofEntries(
            Map.entry(
                    "java.nio.file.Files",
                    Set.of(
                            "newInputStream",
                            "newBufferedReader",
                            "newByteChannel",
                            "readAllBytes",
                            "readAllLines",
                            "readString",
                            "lines",
                            "walk",
                            "walkFileTree",
                            "find",
                            "newOutputStream",
                            "newBufferedWriter",
                            "write",
                            "writeString",
                            "copy",
                            "move",
                            "delete",
                            "deleteIfExists",
                            "createFile",
                            "createDirectory",
                            "createDirectories",
                            "createTempFile",
                            "createTempDirectory",
                            "createLink",
                            "createSymbolicLink",
                            "setAttribute",
                            "setLastModifiedTime",
                            "setOwner",
                            "setPosixFilePermissions")),
            Map.entry("java.nio.channels.FileChannel", Set.of("open")),
            Map.entry("java.nio.channels.AsynchronousFileChannel", Set.of("open")),
            Map.entry("java.io.FileInputStream", Set.of("<init>")),
            Map.entry("java.io.FileOutputStream", Set.of("<init>")),
            Map.entry("java.io.FileReader", Set.of("<init>")),
            Map.entry("java.io.FileWriter", Set.of("<init>")),
            Map.entry("java.io.RandomAccessFile", Set.of("<init>")),
            Map.entry("java.util.zip.ZipFile", Set.of("<init>")),
            Map.entry("java.util.jar.JarFile", Set.of("<init>")));

    /** Where nobody but root, or but this process, says what is at the path. */
    private static final Set<String> READERS_OF_THE_SYSTEM = Set.of(
            // in host and host.process, which host.files builds on
            "host.Accounts", // /etc/passwd
            "host.HostFactsReader", // /etc/os-release
            "host.process.ProcessTable", // /proc
            "host.process.ChildLauncher", // makes files of its own, and
            "host.process.GrowingFile", // reads them, which have no name any more by then
            // the kernel's files and dpkg's own
            "runner.env.RunnerProcesses", // /proc
            "health.BinfmtExamination", // /proc/sys/fs/binfmt_misc
            "provision.packages.AptLocks", // /proc
            "provision.packages.DpkgDatabase", // /var/lib/dpkg/status: large, read line by line
            // others
            "plan.Journal", // makes sure that its folder is root's; a channel would not outlive an interrupt
            "job.program.Includes", // lists through links, and judges each file by where it leads
            "Rehearsal", // its own jar
            "Launch"); // writes to the process's own handles

    ArchRule noPlainFiles() {
        return ArchRuleDefinition.noClasses()
                .that(DescribedPredicate.describe(
                        "are neither in host.files nor read what is the system's",
                        type -> table.inTree(type)
                                && !type.getPackageName().equals(table.root() + ".host.files")
                                && !READERS_OF_THE_SYSTEM.contains(outermost(type))))
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "reads or changes a file by its bare path, which another account may have exchanged: use HostFiles,"
                                + " RegularFile and their like",
                        access -> PLAIN_FILE_MEMBERS
                                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                                .contains(access.getTarget().getName())));
    }

    /** Those of our list that there is no class for, or that need no exception. */
    Set<String> unusedExceptions(JavaClasses classes) {
        Set<String> unused = new TreeSet<>(READERS_OF_THE_SYSTEM);
        for (JavaClass type : classes) {
            boolean plain = type.getAccessesFromSelf().stream()
                    .anyMatch(access -> PLAIN_FILE_MEMBERS
                            .getOrDefault(access.getTargetOwner().getName(), Set.of())
                            .contains(access.getTarget().getName()));
            if (plain) {
                unused.remove(outermost(type));
            }
        }
        return unused;
    }

    private String outermost(JavaClass type) {
        String name = type.getName()
                .substring(Math.min(type.getName().length(), table.root().length() + 1));
        return name.replaceFirst("\\$.*", "");
    }

    ArchRule noCycles() {
        return SlicesRuleDefinition.slices()
                .matching(table.root() + ".(**)")
                .should()
                .beFreeOfCycles();
    }

    ArchRule noSystemCalls() {
        return ArchRuleDefinition.noClasses()
                .that(away())
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "asks the system past the wiring (environment, clock, streams, processes)",
                        access -> SYSTEM_MEMBERS
                                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                                .contains(access.getTarget().getName())));
    }

    ArchRule noFileClass() {
        return ArchRuleDefinition.noClasses()
                .that(away())
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe("are java.io.File", type -> type.isEquivalentTo(File.class)));
    }

    ArchRule noDefaultCharset() {
        return ArchRuleDefinition.noClasses()
                .that(DescribedPredicate.describe("are ours", table::inTree))
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "uses the machine's default charset",
                        access -> UNCLEAR_CHARSETS.stream().anyMatch(one -> one.is(access))));
    }

    ArchRule noMutableStatics() {
        return ArchRuleDefinition.noFields()
                .that(DescribedPredicate.describe(
                        "are static and ours",
                        (JavaField field) -> table.inTree(field.getOwner())
                                && field.getModifiers().contains(JavaModifier.STATIC)
                                && !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
                .should()
                .notBeFinal();
    }

    /** Nothing is open for extension by accident; sealed types and interfaces are open on purpose. */
    ArchRule finalClasses() {
        return ArchRuleDefinition.classes()
                .that(DescribedPredicate.describe(
                        "are ordinary classes of ours",
                        type -> table.inTree(type)
                                && !type.isInterface()
                                && !type.isEnum()
                                && !type.isAnonymousClass()
                                && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                                && type.getEnclosingClass()
                                        .filter(JavaClass::isEnum)
                                        .isEmpty()
                                && !type.reflect().isSealed()))
                .should()
                .haveModifier(JavaModifier.FINAL);
    }

    ArchRule noVagueNames() {
        return ArchRuleDefinition.noClasses()
                .that(DescribedPredicate.describe("are ours", table::inTree))
                .should()
                .haveNameMatching(".*(Util|Utils|Utilities|Manager|Helper|Helpers|Impl)(\\$.*)?");
    }

    private DescribedPredicate<JavaClass> away() {
        return DescribedPredicate.describe(
                "are neither adapters nor wiring", type -> table.inTree(type) && !table.nearTheSystem(type));
    }
}
