package dev.crossarm.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what must never be shown or kept, the one for everything that is: secrets that are known by value, and what can be
 * recognised by its form, which is accounts in addresses and GitHub's tokens. A text that is cut is masked before.
 */
public final class Mask {
    /** What is known by its form alone. */
    public static final Mask FORMS = new Mask(Set.of(), Set.of());

    private static final String HIDDEN = "***";

    /** A shorter value would mask half the text, and is no secret worth the name. */
    private static final int SHORTEST = 6;

    /** A runner's just-in-time configuration has 4,000 to 6,000 characters, an installation's token about 520. */
    private static final int LONGEST_FORM = 8192;

    /**
     * GitHub's documentation, "Token formats"; the third is an installation's as a JWT behind its number. Then a JWT by
     * itself, as an App signs it, and a just-in-time configuration: the base64 of an object whose first key begins with a
     * full stop.
     */
    private static final Pattern TOKEN = Pattern.compile("gh[pousr]_[A-Za-z0-9]{36,}"
            + "|github_pat_[A-Za-z0-9_]{22,}"
            + "|ghs_[0-9]+_[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*"
            + "|eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{16,}"
            + "|eyIu[A-Za-z0-9+/]{60,}={0,2}");

    private static final Set<String> SECRET_WORDS = Set.of(
            "TOKEN",
            "TOKENS",
            "SECRET",
            "SECRETS",
            "PASSWORD",
            "PASSWORDS",
            "PASSWD",
            "PASSPHRASE",
            "CREDENTIAL",
            "CREDENTIALS",
            "PAT",
            "AUTH",
            "KEY",
            "KEYS",
            "APIKEY");

    /** Before KEY, these make it a name and no secret. */
    private static final Set<String> PLAIN_KEYS = Set.of("CACHE", "PUBLIC", "PRIMARY", "RESTORE");

    private static final Pattern PROXY_PASSWORD = Pattern.compile("^[A-Za-z0-9+]+://[^/@:]*:(?<password>[^/]+)@");

    /** Longest first: a secret that is part of another must not leave the rest of that one behind. */
    private final List<String> known;

    private final List<String> all;
    private final SecretRegister register;

    private Mask(Set<String> known, Set<String> named) {
        Set<String> both = new TreeSet<>(known);
        both.addAll(named);
        this.known = longestFirst(known);
        this.all = longestFirst(both);
        this.register = new SecretRegister();
    }

    private Mask(Mask other, SecretRegister register) {
        this.known = other.known;
        this.all = other.all;
        this.register = register;
    }

    /** The same mask, which also hides what stands in this register at the time. */
    public Mask watching(SecretRegister secrets) {
        return new Mask(this, secrets);
    }

    static List<String> wholeAndByLine(Collection<String> values) {
        Set<String> all = new TreeSet<>(values);
        values.forEach(value -> all.addAll(lines(value)));
        return longestFirst(all);
    }

    private static List<String> longestFirst(Collection<String> values) {
        return values.stream()
                .filter(value -> !value.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** For a process with this environment: what its variables name as secrets, and the passwords of its proxies. */
    public static Mask of(Map<String, String> environment) {
        return of(Set.of(), environment);
    }

    /**
     * For a child.
     *
     * @param secrets masked whole and each line of them, because output is looked at line by line
     */
    public static Mask of(Set<Secret> secrets, Map<String, String> environment) {
        Set<String> known = new TreeSet<>();
        for (Secret secret : secrets) {
            known.add(secret.reveal());
            lines(secret.reveal()).forEach(known::add);
        }
        Set<String> named = new TreeSet<>();
        environment.forEach((name, value) -> {
            Matcher address = PROXY_PASSWORD.matcher(value);
            if (name.toLowerCase(Locale.ROOT).endsWith("_proxy") && address.find()) {
                known.add(address.group("password"));
            }
            // A path is where a secret lies and not one itself.
            if (namesSecret(name) && value.length() >= SHORTEST && !value.startsWith("/")) {
                named.add(value);
                lines(value).forEach(named::add);
            }
        });
        return new Mask(known, named);
    }

    private static List<String> lines(String value) {
        return value.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST)
                .toList();
    }

    /** Whether a variable of this name holds a secret: by its last word, so that GIT_AUTHOR_NAME does not. */
    static boolean namesSecret(String name) {
        String[] words = name.toUpperCase(Locale.ROOT).split("_", -1);
        String last = words[words.length - 1];
        String before = words.length > 1 ? words[words.length - 2] : "";
        return SECRET_WORDS.contains(last) && !(last.startsWith("KEY") && PLAIN_KEYS.contains(before));
    }

    /** The text as it may be shown and kept. */
    public String over(String text) {
        String clean = replaced(replaced(text, register.known()), all);
        clean = withoutAccounts(clean);
        return clean.contains("gh") || clean.contains("github_pat_") || clean.contains("eyI") || clean.contains("eyJ")
                ? TOKEN.matcher(clean).replaceAll(HIDDEN)
                : clean;
    }

    /** No pattern, because on long texts without an address one that looks for a scheme takes the square of their length. */
    private static String withoutAccounts(String text) {
        int slashes = text.indexOf("://");
        if (slashes < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        int done = 0;
        for (; slashes >= 0; slashes = text.indexOf("://", slashes + 1)) {
            int start = slashes + 3;
            int end = start;
            int at = -1;
            // Up to the last @ before the path: a password may hold one, against the rules.
            for (; end < text.length() && !endsAuthority(text.charAt(end)); end++) {
                at = text.charAt(end) == '@' ? end : at;
            }
            boolean login = text.startsWith("ssh", slashes - 3)
                    && text.substring(start, end).indexOf(':') < 0;
            if (at > start && !login) {
                clean.append(text, done, start).append(HIDDEN);
                done = at;
            }
        }
        return clean.append(text, done, text.length()).toString();
    }

    private static boolean endsAuthority(char one) {
        return "/?#\"<>\\".indexOf(one) >= 0 || Character.isWhitespace(one);
    }

    /** Without the secrets the caller named, and otherwise as it is: for output that is read by the program. */
    public String overKnown(String text) {
        return replaced(text, known);
    }

    private static String replaced(String text, List<String> values) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, HIDDEN);
        }
        return clean;
    }

    /** Length in characters of the longest text it masks: so much at a cut may be half a secret. */
    public int longest() {
        return Math.max(LONGEST_FORM, Math.max(longest(all), longest(register.known())));
    }

    private static int longest(List<String> values) {
        return values.isEmpty() ? 0 : values.get(0).length();
    }
}
