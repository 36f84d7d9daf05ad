package dev.crossarm.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Which package may use what. A package may use those above it in the table, the JDK, and its own libraries.
 *
 * @param root package that holds the packages of the table; itself it may use everything
 */
record PackageTable(String root) {

    /** A row: a package and what it may use besides the JDK and the rows above. */
    record Row(String name, List<String> libraries) {
        Row(String name, String... libraries) {
            this(name, List.of(libraries));
        }
    }

    private static final String JACKSON = "com.fasterxml.jackson.";
    private static final String OKHTTP = "okhttp3.";
    private static final String TOML = "org.tomlj.";
    private static final String COMPRESS = "org.apache.commons.compress.";

    /** As in CONTRIBUTING.md; a package that is not here has no business being there. */
    static final List<Row> ROWS = List.of(
            new Row("problem"),
            new Row("text", JACKSON),
            new Row("host"),
            new Row("host.process"),
            new Row("host.files"),
            new Row("target"),
            new Row("config", TOML),
            new Row("elf"),
            new Row("diagnose", JACKSON),
            new Row("plan", JACKSON),
            new Row("environment"),
            new Row("download", OKHTTP, "okio.", COMPRESS),
            new Row("github.credential"),
            new Row("github", OKHTTP, "okio.", JACKSON, "org.kohsuke.github."),
            new Row("provision.packages"),
            new Row("provision.rust", TOML),
            new Row("provision.compiler", TOML),
            new Row("provision.proof"),
            new Row("runner.env"),
            new Row("runner.install", JACKSON),
            new Row("runner.service"),
            new Row("runner.life", JACKSON),
            new Row("job.request"),
            new Row("job.cargo", JACKSON),
            new Row("job.prepare"),
            new Row("job.cache"),
            new Row("job.program", JACKSON, COMPRESS, "com.jcraft.jzlib."),
            new Row("job.report", JACKSON),
            new Row("job"),
            new Row("health"),
            new Row("cli.display", JACKSON),
            new Row("cli.command", "picocli.", JACKSON),
            new Row("cli.provision", "picocli.", JACKSON),
            new Row("cli.job", "picocli.", JACKSON),
            new Row("cli.runner", "picocli.", JACKSON),
            new Row("cli", "picocli.", JACKSON));

    /** Annotations, which leave nothing behind at run time. */
    private static final List<String> EVERYWHERE =
            List.of("java.", "javax.", "org.jspecify.annotations.", "com.google.errorprone.annotations.");

    /** Imports go upwards in the table only, and to the libraries of the row. */
    ArchRule imports() {
        return ArchRuleDefinition.classes()
                .that(DescribedPredicate.describe(
                        "are below " + root,
                        type -> inTree(type) && !type.getPackageName().equals(root)))
                .should(new ArchCondition<>("use only packages above theirs in the table and their own libraries") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> !allowed(type, dependency))
                                .forEach(dependency ->
                                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                    }
                });
    }

    private boolean allowed(JavaClass type, Dependency dependency) {
        int own = index(type.getPackageName()).orElse(-1);
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (own < 0) {
            return false;
        }
        if (target.startsWith(root + ".")) {
            int other = index(dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .orElse(ROWS.size());
            return other <= own;
        }
        return !target.contains(".")
                || EVERYWHERE.stream().anyMatch(target::startsWith)
                || ROWS.get(own).libraries().stream().anyMatch(target::startsWith);
    }

    /** A package has a row of its own: one that lies inside another's is not covered by that. */
    private Optional<Integer> index(String packageName) {
        for (int i = 0; i < ROWS.size(); i++) {
            if (packageName.equals(root + "." + ROWS.get(i).name())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    boolean inTree(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** Whether this class may touch the system: the adapters and the wiring. */
    boolean nearTheSystem(JavaClass type) {
        String host = root + ".host";
        return type.getPackageName().equals(root)
                || type.getPackageName().equals(host)
                || type.getPackageName().startsWith(host + ".");
    }
}
