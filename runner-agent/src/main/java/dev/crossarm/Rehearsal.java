package dev.crossarm;

import dev.crossarm.host.FileProblems;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Stamps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.tomlj.Toml;

/** What a class archive is to hold beside what a command has loaded by itself. */
final class Rehearsal {

    private Rehearsal() {}

    static void loadEverything() {
        // A machine without a configuration file has none parsed by a check.
        Toml.parse("[table]\nlist = [ \"text\", 1, true ]\n");
        Stamps.of(new Inputs().whole(Path.of("/etc/os-release")));
        try (JarFile jar = new JarFile(Main.jar().toFile())) {
            List<String> classes = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("dev/crossarm/") && name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .toList();
            for (String name : classes) {
                Class.forName(name, false, Rehearsal.class.getClassLoader());
            }
        } catch (IOException unreadable) {
            throw FileProblems.translate("reading", Main.jar(), unreadable);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
