package dev.crossarm.environment;

import dev.crossarm.text.JsonString;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The text forms of a {@link JobEnvironment}. The form for workflow steps is {@link GitHubFiles}. */
public enum EnvironmentFormat {
    /** A runner's {@code .env}: raw {@code KEY=VALUE}, neither quotes nor comments. PATH is our folders before the given one. */
    DOTENV {
        @Override
        public String render(JobEnvironment environment, String path) {
            // Through the same rules as the file of a runner, so that what is printed can also be read.
            Map<String, String> all = withPath(environment, path);
            DotEnv.empty().merge(all);
            return all.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                    .collect(Collectors.joining());
        }
    },

    /** Lines for {@code eval} in any POSIX shell. PATH is the shell's own, with our folders before it. */
    SHELL {
        @Override
        public String render(JobEnvironment environment, String path) {
            StringBuilder text = new StringBuilder();
            environment
                    .variables()
                    .forEach((name, value) -> text.append("export ")
                            .append(name)
                            .append('=')
                            .append(quoted(value))
                            .append('\n'));
            if (!environment.pathPrefix().isEmpty()) {
                text.append("export PATH=")
                        .append(quoted(SearchPath.prepend(environment.pathPrefix(), "")))
                        .append("\"${PATH:+:$PATH}\"\n");
            }
            return text.toString();
        }
    },

    /** One object: {@code schemaVersion} 1, {@code variables}, {@code pathPrefix}. */
    JSON {
        @Override
        public String render(JobEnvironment environment, String path) {
            String variables = environment.variables().entrySet().stream()
                    .map(entry -> "    " + JsonString.of(entry.getKey()) + ": " + JsonString.of(entry.getValue()))
                    .collect(Collectors.joining(",\n"));
            String folders = environment.pathPrefix().stream()
                    .map(folder -> "    " + JsonString.of(folder.toString()))
                    .collect(Collectors.joining(",\n"));
            return "{\n  \"schemaVersion\": 1,\n  \"variables\": {"
                    + (variables.isEmpty() ? "" : "\n" + variables + "\n  ")
                    + "},\n  \"pathPrefix\": ["
                    + (folders.isEmpty() ? "" : "\n" + folders + "\n  ")
                    + "]\n}\n";
        }
    };

    /**
     * The environment in this form, ending with a line end.
     *
     * @param path the PATH that our folders come before, where the form holds a whole PATH
     */
    public abstract String render(JobEnvironment environment, String path);

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The variables and, last, PATH with our folders before the given one. */
    public static Map<String, String> withPath(JobEnvironment environment, String path) {
        Map<String, String> all = new LinkedHashMap<>(environment.variables());
        String whole = SearchPath.prepend(environment.pathPrefix(), path);
        if (!whole.isEmpty()) {
            all.put("PATH", whole);
        }
        return all;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
