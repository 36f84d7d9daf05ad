package dev.crossarm.provision.compiler;

import dev.crossarm.config.Layout;
import dev.crossarm.provision.rust.RustPlace;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A compiler kind for a target at its place on a host: the templates of {@link CompilerKind} with everything filled in.
 *
 * @param kind which compiler
 * @param tools the distribution's tools it stands on
 * @param layout where our files lie
 * @param startFiles rustc's own start files and libc for the target
 */
public record CompilerPlace(CompilerKind kind, CrossTools tools, Layout layout, Path startFiles) {

    /** Beside the Rust toolchain the settings name. */
    public static CompilerPlace of(CompilerKind kind, CrossTools tools, RustPlace rust) {
        return new CompilerPlace(
                kind,
                tools,
                rust.layout(),
                rust.toolchainDirectory()
                        .resolve("lib/rustlib")
                        .resolve(tools.target().triple())
                        .resolve("lib/self-contained"));
    }

    /** Holds one directory for each kind and version. */
    static Path compilers(Layout layout) {
        return layout.prefix().resolve("compilers");
    }

    /** The kind's own directory, with its version in the name. */
    public Path directory() {
        return compilers(layout).resolve(kind.directory());
    }

    /**
     * What may stand in a template: {@code @gnu@} the cross tools' prefix, {@code @package@} the same in names of
     * packages, {@code @triple@} and {@code @target@} Rust's triple with dashes and with underscores, {@code @short@} the
     * musl triple without its vendor, {@code @architecture@} the first part of it, {@code @emulation@} the linker's name
     * of the target, {@code @tools@} the distribution's folder, {@code @kind@} the kind's directory, {@code @musl@} the
     * headers' directory, {@code @cpp@} that of C++, {@code @cmake@} the toolchain file, {@code @pkgconfig@} the folder
     * for {@code .pc} files, {@code @rust@} Rust's start files, {@code @prefix@} ours.
     */
    public Map<String, String> values() {
        Target target = tools.target();
        return Map.ofEntries(
                Map.entry("@gnu@", target.gnuPrefix()),
                Map.entry("@package@", target.gnuPrefix().replace('_', '-')),
                Map.entry("@triple@", target.triple()),
                Map.entry("@target@", target.underscored()),
                Map.entry("@short@", target.architecture() + "-linux-musl"),
                Map.entry("@architecture@", target.architecture()),
                Map.entry("@emulation@", target.linkerEmulation()),
                Map.entry("@tools@", tools.folder().toString()),
                Map.entry("@kind@", directory().toString()),
                Map.entry("@musl@", MuslSysroot.of(layout).current().toString()),
                Map.entry("@cpp@", CppPlace.of(layout).directory().toString()),
                Map.entry("@cmake@", toolchainFile().toString()),
                Map.entry("@pkgconfig@", packageConfigs().toString()),
                Map.entry("@rust@", startFiles.toString()),
                Map.entry("@prefix@", layout.prefix().toString()));
    }

    /** What cargo links with. */
    public Path linker() {
        return kind.linker().map(template -> Path.of(fill(template))).orElse(tools.linker());
    }

    /** What CMake is told about the target. */
    public Path toolchainFile() {
        return layout.prefix().resolve("cmake").resolve(tools.target().triple() + ".cmake");
    }

    /** What configure scripts are told about the target. */
    public Path configureSite() {
        return layout.prefix().resolve("autoconf").resolve("config.site");
    }

    /** Where pkg-config looks for libraries of the target, and nowhere else. */
    public Path packageConfigs() {
        return layout.prefix().resolve("pkg-config").resolve(tools.target().triple());
    }

    /** A template with everything filled in. */
    String fill(String template) {
        return template.indexOf('@') < 0 ? template : fill(template, values());
    }

    private static String fill(String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    /** Wrappers and what belongs to them: path to content. */
    public Map<Path, String> files() {
        return filled(kind.files(), name -> directory().resolve(name), text -> text);
    }

    /** Variables without the target, to their values. */
    public Map<String, String> variables() {
        return filled(kind.variables(), name -> name, value -> value);
    }

    /** Links on a job's PATH, to what they lead to. */
    public Map<Path, Path> links() {
        return filled(kind.links(), name -> layout.bin().resolve(name), Path::of);
    }

    private <K, V> Map<K, V> filled(Map<String, String> templates, Function<String, K> key, Function<String, V> value) {
        Map<K, V> all = new LinkedHashMap<>();
        Map<String, String> values = values();
        templates.forEach(
                (name, template) -> all.put(key.apply(fill(name, values)), value.apply(fill(template, values))));
        return all;
    }
}
