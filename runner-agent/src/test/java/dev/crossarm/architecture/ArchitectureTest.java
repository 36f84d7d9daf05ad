package dev.crossarm.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The code keeps its rules, and each rule is one that bad code breaks. */
class ArchitectureTest {
    private static final String ROOT = "dev.crossarm";
    private static final String BAD = "dev.crossarm.architecture.bad";
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(BAD);
    private static final SourceRules SOURCES = new SourceRules(Path.of("src/main/java"));

    /** Each rule and a piece of the complaint its bad sample must get. */
    private static final Map<String, Function<CodeRules, ArchRule>> RULES = Map.of(
            "a package uses only packages above it and its own libraries",
                    rules -> rules.table().imports(),
            "packages use each other in no circle", CodeRules::noCycles,
            "only adapters and wiring touch the system", CodeRules::noSystemCalls,
            "only host.files reads and changes files by path", CodeRules::noPlainFiles,
            "nobody uses java.io.File", CodeRules::noFileClass,
            "nobody uses the default charset", CodeRules::noDefaultCharset,
            "static fields are final", CodeRules::noMutableStatics,
            "classes are final", CodeRules::finalClasses,
            "names say what a class is", CodeRules::noVagueNames);

    @TestFactory
    Stream<DynamicTest> keeps_the_rule() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().apply(rules(ROOT)).check(OURS)));
    }

    @TestFactory
    Stream<DynamicTest> notices_what_breaks_the_rule() {
        return Map.ofEntries(
                        bad(
                                "a package uses only packages above it and its own libraries",
                                "UsesLowerPackage",
                                "UsesForeignLibrary",
                                "NotInTheTable"),
                        bad("packages use each other in no circle", "Cycle detected"),
                        bad(
                                "only adapters and wiring touch the system",
                                "System.getenv",
                                "System.getProperty",
                                "System.exit",
                                "System.out",
                                "System.err",
                                "Instant.now",
                                "Thread.sleep",
                                "ProcessBuilder.<init>"),
                        bad(
                                "only host.files reads and changes files by path",
                                "Files.readString",
                                "Files.write",
                                "Files.copy",
                                "Files.walk",
                                "FileChannel.open",
                                "RandomAccessFile.<init>"),
                        bad("nobody uses java.io.File", "UsesFile"),
                        bad("nobody uses the default charset", "readsBytes", "writesBytes", "opensReader"),
                        bad("static fields are final", "MutableStatic.count"),
                        bad("classes are final", "OpenClass"),
                        bad("names say what a class is", "TextUtil"))
                .entrySet()
                .stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.getKey(),
                        () -> assertThatThrownBy(
                                        () -> rule(sample.getKey(), BAD).check(SAMPLES))
                                .isInstanceOf(AssertionError.class)
                                .message()
                                .contains(sample.getValue())));
    }

    @Test
    void tries_every_rule_on_a_bad_sample() {
        assertThat(notices_what_breaks_the_rule().map(DynamicTest::getDisplayName))
                .containsExactlyInAnyOrderElementsOf(RULES.keySet());
    }

    @Test
    void excepts_no_class_from_the_rule_for_files_that_needs_no_exception() {
        assertThat(rules(ROOT).unusedExceptions(OURS)).isEmpty();
    }

    @Test
    void finds_the_classes_it_is_to_judge() {
        assertThat(OURS.size()).isGreaterThan(30);
        assertThat(OURS.contain("dev.crossarm.Main")).isTrue();
        assertThat(OURS.contain("dev.crossarm.plan.PlanRunner")).isTrue();
        assertThat(OURS.contain("dev.crossarm.architecture.ArchitectureTest")).isFalse();
        assertThat(SAMPLES.size()).isGreaterThan(8);
    }

    @Test
    void is_described_by_the_table_in_the_guide() throws IOException {
        List<String> described = Files.readAllLines(Path.of("../CONTRIBUTING.md")).stream()
                .filter(line -> line.matches("\\| `[a-z.]+` \\|.*"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();

        assertThat(described)
                .isEqualTo(
                        PackageTable.ROWS.stream().map(PackageTable.Row::name).toList());
    }

    @Test
    void keeps_classes_small(TestReporter reporter) throws IOException {
        SOURCES.longerThan(SourceRules.SHOULD).forEach(file -> reporter.publishEntry("longer than it should be", file));

        assertThat(SOURCES.longerThan(SourceRules.MUST)).isEmpty();
        assertThat(SOURCES.files()).hasSizeGreaterThan(30);
    }

    @Test
    void keeps_packages_small_enough_to_find_things_in() throws IOException {
        assertThat(SOURCES.fullerThan(SourceRules.TYPES)).isEmpty();
    }

    @Test
    void starts_no_program_by_its_name_alone() throws IOException {
        assertThat(SOURCES.programsByName()).isEmpty();
    }

    @Test
    void says_what_every_public_type_guarantees() throws IOException {
        assertThat(SOURCES.withoutJavadoc()).isEmpty();
    }

    @Test
    void marks_every_package_for_null_checks() throws IOException {
        assertThat(SOURCES.withoutNullMark()).isEmpty();
    }

    @Test
    void notices_bad_sources(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Long.java"), "class Long {}\n" + "//\n".repeat(SourceRules.MUST));
        Files.writeString(folder.resolve("Silent.java"), "// not Javadoc\npublic interface Silent {}\n");
        Files.writeString(
                folder.resolve("Said.java"),
                "/** Says. */\npublic record Said() {}\n// new ProcessBuilder(\"ls\", \"-l\")\n");
        Path full = Files.createDirectory(folder.resolve("full"));
        for (int i = 0; i <= SourceRules.TYPES; i++) {
            Files.writeString(full.resolve("T" + i + ".java"), "class T" + i + " {}\n");
        }
        SourceRules bad = new SourceRules(folder);

        assertThat(bad.longerThan(SourceRules.MUST)).containsExactly("Long.java: 501 lines");
        assertThat(bad.programsByName()).containsExactly("Said.java: new ProcessBuilder(\"ls\"");
        assertThat(bad.withoutJavadoc()).containsExactly("Silent");
        assertThat(bad.withoutNullMark()).containsExactly("", "full");
        assertThat(bad.fullerThan(SourceRules.TYPES)).containsExactly("full: 41 types");
    }

    private static Map.Entry<String, String[]> bad(String rule, String... complaints) {
        return Map.entry(rule, complaints);
    }

    private static ArchRule rule(String name, String root) {
        return java.util.Objects.requireNonNull(RULES.get(name)).apply(rules(root));
    }

    private static CodeRules rules(String root) {
        return new CodeRules(new PackageTable(root));
    }
}
