package dev.crossarm;

import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Stamps;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.tomlj.Toml;

/**
 * Run once when the command is installed, while the Java machine keeps an archive of what it loads: a check, which reaches most
 * of the libraries and writes nothing, and all classes of our own. Later starts take them from there.
 */
public final class Rehearsal {

    private Rehearsal() {}

    /** Ends with 0 whatever the check finds. */
    public static void main(String[] arguments) throws IOException, URISyntaxException, ClassNotFoundException {
        Launch.run(new String[] {"check", "--json"});
        // A machine without a configuration file has none parsed by the check.
        Toml.parse("[table]\nlist = [ \"text\", 1, true ]\n");
        Stamps.of(new Inputs().whole(Path.of("/etc/os-release")));
        URI jar = Rehearsal.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        List<String> classes;
        try (JarFile file = new JarFile(Path.of(jar).toFile())) {
            classes = file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("dev/crossarm/") && name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .toList();
        }
        for (String name : classes) {
            Class.forName(name, false, Rehearsal.class.getClassLoader());
        }
    }
}
