package dev.crossarm.config;

import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a setting's value may look like. A value travels as text and is checked here, whatever it came from. */
public enum ValueType {
    SCOPE("system or user", "system", "user") {
        @Override
        Optional<String> objection(String value) {
            return oneOf(value, choices());
        }
    },
    PATH("absolute path", false) {
        @Override
        Optional<String> objection(String value) {
            return absolutePath(value)
                    .or(() -> value.equals("/") || value.matches("(?s).*[:\\s'\"].*")
                            ? Optional.of("must be a folder other than / and without colons, spaces or quotation marks,"
                                    + " because it goes into PATH and into the compiler's specs")
                            : Optional.empty());
        }
    },
    PATHS("list of absolute paths, * and ? match as in a shell", true) {
        @Override
        Optional<String> objection(String value) {
            return absolutePath(value);
        }
    },
    ACCOUNT("account name", false) {
        @Override
        Optional<String> objection(String value) {
            return matching(ACCOUNT_NAME, value, "must be the name of an account");
        }
    },
    TARGET("target triple", Target.ALL.stream().map(Target::triple).toArray(String[]::new)) {
        @Override
        Optional<String> objection(String value) {
            return oneOf(value, choices());
        }
    },
    COMPILER("compiler kind", Compiler.words().toArray(String[]::new)) {
        @Override
        Optional<String> objection(String value) {
            return oneOf(value, choices());
        }
    },
    CHANNEL("Rust channel or version", false) {
        @Override
        Optional<String> objection(String value) {
            return matching(
                    RUST_CHANNEL,
                    value,
                    "must be a channel or version as rustup takes it: stable, 1.85, 1.85.1, beta, nightly-2026-11-01");
        }
    },
    COMPONENTS("list of rustup components", true) {
        @Override
        Optional<String> objection(String value) {
            return matching(COMPONENT, value, "must be the name of a rustup component, such as clippy");
        }
    },
    RUSTUP_SOURCE("auto, official or distribution", "auto", "official", "distribution") {
        @Override
        Optional<String> objection(String value) {
            return oneOf(value, choices());
        }
    },
    URL("http, https or file address", false) {
        @Override
        Optional<String> objection(String value) {
            return address(value);
        }
    },
    DURATION("duration: 90s, 10m, 1h", false) {
        @Override
        Optional<String> objection(String value) {
            return DurationText.parse(value).isPresent()
                    ? Optional.empty()
                    : Optional.of("must be a duration of at least one second, such as 90s, 10m or 1h");
        }
    },
    WEB_ADDRESS("web address", false) {
        @Override
        Optional<String> objection(String value) {
            return matching(
                    WEB, value, "must be an address such as https://github.com/ACME or https://github.com/acme/tools");
        }
    },
    APP_ID("number, or client id", false) {
        @Override
        Optional<String> objection(String value) {
            return matching(APP, value, "must be the id of a GitHub App, such as 123456, or its client id");
        }
    },
    FILE("absolute path of a file", false) {
        @Override
        Optional<String> objection(String value) {
            return absolutePath(value)
                    .or(() -> value.endsWith("/") ? Optional.of("must be a file, not a folder") : Optional.empty());
        }
    },
    COMMAND("command with its whole path", false) {
        @Override
        Optional<String> objection(String value) {
            boolean shown = value.chars().noneMatch(c -> c < ' ');
            return shown
                            && WordList.of(value)
                                    .filter(words -> words.get(0).startsWith("/"))
                                    .isPresent()
                    ? Optional.empty()
                    : Optional.of("must be a command that begins with a program's whole path, with balanced quotation"
                            + " marks and no line breaks");
        }
    },
    RATE("number above 0", false) {
        @Override
        Optional<String> objection(String value) {
            return matching(NUMBER, value, "must be a number from 0.01 to 100, such as 2 or 0.5")
                    .or(() -> Double.parseDouble(value) < 0.01 || Double.parseDouble(value) > 100
                            ? Optional.of("must be a number from 0.01 to 100, such as 2 or 0.5")
                            : Optional.empty());
        }
    },
    SIZE("size: 500M, 20G", false) {
        @Override
        Optional<String> objection(String value) {
            return SizeText.parse(value).isPresent()
                    ? Optional.empty()
                    : Optional.of("must be a size such as 500M, 20G or 1T");
        }
    };

    private static final Pattern ACCOUNT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,30}[$]?");
    private static final Pattern RUST_CHANNEL = Pattern.compile(
            "(stable|beta|nightly|\\d{1,2}\\.\\d{1,3}(\\.\\d{1,3})?(-beta(\\.\\d{1,2})?)?)(-\\d{4}-\\d{2}-\\d{2})?");
    private static final Pattern WEB = Pattern.compile("https?://[^\\s/]+/\\S+");
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(\\.\\d{1,3})?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9_-]*");

    private final String words;
    private final boolean list;
    private final String choices;

    ValueType(String words, boolean list) {
        this.words = words;
        this.list = list;
        this.choices = "";
    }

    ValueType(String words, String... choices) {
        this.words = words;
        this.list = false;
        this.choices = String.join(",", choices);
    }

    /** What a value is, in a few words for the reader of a table. */
    public String words() {
        return words;
    }

    /** Whether the setting holds any number of values and not exactly one. */
    public boolean list() {
        return list;
    }

    /** Every value there is, where they can be counted; otherwise none. */
    public List<String> choices() {
        return choices.isEmpty() ? List.of() : List.of(choices.split(",", -1));
    }

    /** Why one value is not acceptable, to stand after the setting's name; never quotes the value. */
    abstract Optional<String> objection(String value);

    private static Optional<String> oneOf(String value, List<String> allowed) {
        if (allowed.contains(value)) {
            return Optional.empty();
        }
        String choices = allowed.size() == 1 ? allowed.get(0) : "one of " + String.join(", ", allowed);
        return Optional.of("must be " + choices
                + Suggestion.of(value, allowed)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
    }

    private static Optional<String> matching(Pattern pattern, String value, String objection) {
        return pattern.matcher(value).matches() ? Optional.empty() : Optional.of(objection);
    }

    private static Optional<String> absolutePath(String value) {
        try {
            if (!Path.of(value).isAbsolute()) {
                return Optional.of("must be an absolute path");
            }
        } catch (InvalidPathException notOne) {
            return Optional.of("must be an absolute path");
        }
        return value.chars().anyMatch(c -> c < ' ')
                ? Optional.of("must not contain line breaks or control characters")
                : Optional.empty();
    }

    private static Optional<String> address(String value) {
        String objection = "must be an address that begins with https://, http:// or file://, without ? or #";
        try {
            URI uri = new URI(value);
            String scheme = String.valueOf(uri.getScheme());
            boolean web = (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null;
            boolean local = scheme.equals("file")
                    && uri.getPath() != null
                    && uri.getPath().startsWith("/");
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
            return (web || local) && plain ? Optional.empty() : Optional.of(objection);
        } catch (URISyntaxException notOne) {
            return Optional.of(objection);
        }
    }
}
