package dev.crossarm.toolchain;

import dev.crossarm.config.Layout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A compiler kind for a target at its place on a host: the templates of {@link CompilerKind} with everything filled in.
 *
 * @param kind which compiler
 * @param tools the distribution's tools it stands on
 * @param layout where our files lie
 */
public record CompilerPlace(CompilerKind kind, CrossTools tools, Layout layout) {

    /** Holds one directory for each kind and version. */
    static Path compilers(Layout layout) {
        return layout.prefix().resolve("compilers");
    }

    /** The kind's own directory, with its version in the name. */
    public Path directory() {
        return compilers(layout).resolve(kind.directory());
    }

    /**
     * What may stand in a template: {@code {gnu}} the cross tools' prefix, {@code {package}} the same in names of
     * packages, {@code {short}} the musl triple without its vendor, {@code {tools}} the distribution's folder, {@code {kind}} the kind's directory, {@code {prefix}} ours.
     */
    public Map<String, String> values() {
        Target target = tools.target();
        return Map.of(
                "{gnu}", target.gnuPrefix(),
                "{package}", target.gnuPrefix().replace('_', '-'),
                "{short}", target.architecture() + "-linux-musl",
                "{tools}", tools.folder().toString(),
                "{kind}", directory().toString(),
                "{prefix}", layout.prefix().toString());
    }

    /** Wrappers and what belongs to them: path to content. */
    public Map<Path, String> files() {
        return filled(kind.files(), name -> directory().resolve(name), text -> text);
    }

    /** Variables without the target, to absolute paths. */
    public Map<String, Path> variables() {
        return filled(kind.variables(), name -> name, Path::of);
    }

    /** Links on a job's PATH, to what they lead to. */
    public Map<Path, Path> links() {
        return filled(kind.links(), name -> layout.bin().resolve(name), Path::of);
    }

    private <K, V> Map<K, V> filled(Map<String, String> templates, Function<String, K> key, Function<String, V> value) {
        UnaryOperator<String> fill = template -> {
            String text = template;
            for (Map.Entry<String, String> entry : values().entrySet()) {
                text = text.replace(entry.getKey(), entry.getValue());
            }
            return text;
        };
        Map<K, V> all = new LinkedHashMap<>();
        templates.forEach((name, template) -> all.put(key.apply(fill.apply(name)), value.apply(fill.apply(template))));
        return all;
    }
}
