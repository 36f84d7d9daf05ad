package dev.crossarm.provision.packages;

import dev.crossarm.host.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A directory with dpkg's files, and scripts in apt-get's and dpkg's place that work on it: for provoking faults. What the
 * real tools do is tried on the emulated server.
 */
final class ScriptedApt {
    private final Path root;
    private final Path tools;

    ScriptedApt(Path root, Path tools) {
        this.root = root;
        this.tools = tools;
    }

    /** A host with these packages, a dpkg that works, and nothing else. */
    static void prepare(Path root, List<String> installed) throws IOException {
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        Files.createDirectories(root.resolve("var/lib/apt/lists"));
        Files.createDirectories(root.resolve("var/cache/apt/archives"));
        StringBuilder status = new StringBuilder();
        installed.forEach(name -> status.append(stanza(name, "install ok installed")));
        Files.writeString(root.resolve("var/lib/dpkg/status"), status);
    }

    static String stanza(String name, String state) {
        return "Package: " + name + "\nStatus: " + state + "\nArchitecture: arm64\nVersion: 1\n\n";
    }

    /** Scripts that do their work. */
    ScriptedApt working() {
        script("apt-get", """
                for word in "$@"; do case $word in
                  update) echo 'Get:1 mirror InRelease'; exit 0 ;;
                  install) installing=1 ;;
                  -*|*=*) ;;
                  *) [ -z "${installing:-}" ] || packages="${packages:-} $word dep-of-$word" ;;
                esac; done
                for name in ${packages:-}; do
                  echo "Setting up $name (1) ..."
                  printf 'Package: %s\\nStatus: install ok installed\\nArchitecture: arm64\\nVersion: 1\\n\\n' "$name" >>"$ROOT/var/lib/dpkg/status"
                done
                """);
        script("dpkg", """
                sed -i 's/^Status: install ok unpacked$/Status: install ok installed/' "$ROOT/var/lib/dpkg/status"
                rm -f "$ROOT"/var/lib/dpkg/updates/[0-9]*
                """);
        return this;
    }

    /** An apt-get that prints this and fails. */
    ScriptedApt failing(String output) {
        script(
                "apt-get",
                "case \" $* \" in *' update '*) exit 0 ;; esac\ncat >&2 <<'TEXT'\n" + output + "\nTEXT\nexit 100\n");
        return this;
    }

    /** An apt-get that is refused the lock so many times before it works. */
    ScriptedApt refusedLock(int times) {
        return refused(
                "", times, "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4711 (apt-get)");
    }

    /** An apt-get whose command of this name (or any, without one) fails so many times in this way before it works. */
    ScriptedApt refused(String command, int times, String output) {
        working();
        Path counter = tools.resolve("refusals");
        try {
            Files.writeString(counter, Integer.toString(times));
            String work = Files.readString(tools.resolve("apt-get"));
            script("apt-get", """
                    left=$(cat '%1$s')
                    case " $* " in *' %2$s'*)
                      if [ "$left" -gt 0 ]; then echo $((left - 1)) >'%1$s'; echo '%3$s' >&2; exit 100; fi ;;
                    esac
                    """.formatted(counter, command, output) + work);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return this;
    }

    /** This process's surroundings with the scripts first on PATH. */
    Surroundings surroundings(boolean asRoot) {
        String path = tools + ":" + System.getenv("PATH");
        return new Surroundings(
                Map.of("PATH", path, "HOME", tools.toString()), "tester", asRoot, tools, tools, false, 80);
    }

    private void script(String name, String body) {
        try {
            Path file = tools.resolve(name);
            Files.writeString(file, "#!/bin/sh\nset -eu\nROOT='" + root + "'\n" + body);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
