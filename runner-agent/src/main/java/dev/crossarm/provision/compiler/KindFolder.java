package dev.crossarm.provision.compiler;

import dev.crossarm.plan.Fingerprint;
import dev.crossarm.target.Compiler;
import dev.crossarm.text.BundledFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The folder a compiler kind comes in: files as they are written, but for placeholders like {@code @kind@}
 * ({@link CompilerPlace#values}), and the list {@code parts} of what is made of them. A line of it is one of
 *
 * <pre>
 * like KIND               begin with that kind's parts
 * without PREFIX          leave out files whose names begin so
 * file NAME SOURCE        a file of the compiler, from a file of the folder
 * link NAME PATH          a name on a job's PATH
 * variable NAME VALUE     to the end of the line
 * linker PATH             what cargo links with
 * </pre>
 *
 * <p>Indented lines go on. Words after a {@code file}'s source or a {@code link}'s path say to repeat it for each of them,
 * with the word for {@code @name@}.
 */
final class KindFolder {
    private static final Pattern COMMENT = Pattern.compile("(?m)^#.*\n");
    private static final Pattern CONTINUED = Pattern.compile("\n +");
    private static final Pattern FOR_SHELLCHECK = Pattern.compile("(?m)^ *# shellcheck .*\n");
    private static final String EACH = "@name@";

    private final Map<String, String> sources = new HashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private Optional<String> linker = Optional.empty();

    private KindFolder() {}

    static CompilerKind read(Compiler compiler) {
        KindFolder folder = new KindFolder();
        folder.addParts(compiler.word());
        String version = Fingerprint.of(folder.files.toString()).brief();
        return new CompilerKind(compiler, version, folder.files, folder.variables, folder.links, folder.linker);
    }

    /** A file below the folders of all kinds, without what it tells shellcheck. */
    static String source(String name) {
        return FOR_SHELLCHECK.matcher(BundledFile.text(KindFolder.class, name)).replaceAll("");
    }

    private void addParts(String kind) {
        String text = COMMENT.matcher(BundledFile.text(KindFolder.class, kind + "/parts"))
                .replaceAll("");
        CONTINUED
                .matcher(text)
                .replaceAll(" ")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> add(kind, line));
    }

    private void add(String kind, String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "like" -> addParts(words[1]);
            case "without" -> files.keySet().removeIf(name -> name.startsWith(words[1]));
            case "file" -> put(files, words, name -> sources.computeIfAbsent(kind + "/" + name, KindFolder::source));
            case "link" -> put(links, words, path -> path);
            case "variable" -> variables.put(words[1], line.split(" ", 3)[2]);
            case "linker" -> linker = Optional.of(words[1]);
            default -> throw new IllegalStateException("no part of a compiler kind: " + line);
        }
    }

    private static void put(Map<String, String> parts, String[] words, UnaryOperator<String> content) {
        List<String> each = words.length > 3 ? List.of(words).subList(3, words.length) : List.of("");
        for (String word : each) {
            String source = words[2].replace(EACH, word);
            parts.put(words[1].replace(EACH, word), content.apply(source).replace(EACH, word));
        }
    }
}
