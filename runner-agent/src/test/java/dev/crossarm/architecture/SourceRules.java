package dev.crossarm.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What only the source shows.
 *
 * @param sources the root of a source tree
 */
record SourceRules(Path sources) {
    /** Lines a class should not exceed. */
    static final int SHOULD = 350;

    /** Lines a class must not exceed. */
    static final int MUST = 500;

    /** Types a package must not exceed: past that, nobody finds the right one. */
    static final int TYPES = 40;

    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** Files with more lines than this, with their length. */
    List<String> longerThan(int lines) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            int length = Files.readAllLines(file, StandardCharsets.UTF_8).size();
            if (length > lines) {
                found.add(sources.relativize(file) + ": " + length + " lines");
            }
        }
        return found;
    }

    /** Packages with more types than this, with their number. */
    List<String> fullerThan(int types) throws IOException {
        return files().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > types)
                .map(entry -> sources.relativize(entry.getKey()) + ": " + entry.getValue() + " types")
                .toList();
    }

    /** Children that are looked for on the caller's PATH, where root may find another account's program. */
    List<String> programsByName() throws IOException {
        Pattern byName = Pattern.compile("new ProcessBuilder\\(\\s*(?:List\\.of\\(\\s*)?\"(?!/)[^\"]*\"");
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            byName.matcher(Files.readString(file))
                    .results()
                    .forEach(one -> found.add(sources.relativize(file) + ": " + one.group()));
        }
        return found;
    }

    /** Public top-level types without Javadoc. */
    List<String> withoutJavadoc() throws IOException {
        List<Path> files = files();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees documentation = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree declared
                            && declared.getModifiers().getFlags().contains(Modifier.PUBLIC)
                            && blank(documentation.getDocComment(new TreePath(new TreePath(unit), declared)))) {
                        found.add(declared.getSimpleName().toString());
                    }
                }
            }
        }
        return found;
    }

    private static boolean blank(@org.jspecify.annotations.Nullable String comment) {
        return comment == null || comment.isBlank();
    }

    /** Folders that hold types and whose package-info does not say {@code @NullMarked}. */
    List<String> withoutNullMark() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path folder : files().stream().map(Path::getParent).distinct().toList()) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                found.add(sources.relativize(folder).toString());
            }
        }
        return found;
    }
}
