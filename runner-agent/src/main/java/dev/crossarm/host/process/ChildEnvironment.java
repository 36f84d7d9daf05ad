package dev.crossarm.host.process;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.RootsOwn;
import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The environment of a child: from nothing, what is on this list, then the command's own variables. */
final class ChildEnvironment {
    private static final Set<String> PASSED = Set.of(
            "PATH",
            "TZ",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "CURL_CA_BUNDLE",
            // What rustup reads about the network (its book, "Environment variables").
            "RUSTUP_DIST_SERVER",
            "RUSTUP_DIST_ROOT",
            "RUSTUP_UPDATE_ROOT",
            "RUSTUP_USE_CURL",
            "RUSTUP_USE_RUSTLS",
            "RUSTUP_DOWNLOAD_TIMEOUT",
            "RUSTUP_MAX_RETRIES",
            "RUSTUP_CONCURRENT_DOWNLOADS");
    private static final Set<String> PROXIES = Set.of("http_proxy", "https_proxy", "no_proxy", "all_proxy");
    // The last one is pip's: which index it asks, and how (its documentation, "Configuration").
    private static final String PIP = "PIP_";
    private static final List<String> PASSED_BEGINNINGS = List.of("CARGO_HTTP_", "CARGO_NET_", PIP);
    private static final Set<String> OF_THE_ACCOUNT = Set.of("HOME", "USER", "LOGNAME", "TMPDIR");

    private final Surroundings surroundings;

    ChildEnvironment(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @param account whom the child runs as, when it is not the agent's own account */
    Map<String, String> of(Command command, Optional<Account> account) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("PATH", ProgramFolders.DEFAULT);
        variables.put("HOME", surroundings.home().toString());
        variables.put("USER", surroundings.user());
        variables.put("LOGNAME", surroundings.user());
        surroundings.environment().forEach((name, value) -> {
            if (passed(name) && !value.isEmpty()) {
                variables.put(name, value);
            }
        });
        if (surroundings.root() && account.isEmpty()) {
            keepToRootsOwn(variables);
        }
        account.ifPresent(other -> {
            variables.put("HOME", other.home().toString());
            variables.put("USER", other.name());
            variables.put("LOGNAME", other.name());
            variables.remove("TMPDIR"); // it may be a folder of the agent's account alone
            // Only we run pip, and an index may be named with a password that is not for the jobs.
            variables.keySet().removeIf(name -> name.startsWith(PIP));
        });
        // Output is parsed and goes into logs: one language, no colours.
        variables.put("LANG", "C.UTF-8");
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("TERM", "dumb");
        variables.putAll(command.environment());
        return variables;
    }

    /** A sudo that keeps the caller's variables must not make root run, or be configured by, what is the caller's. */
    private void keepToRootsOwn(Map<String, String> variables) {
        variables.computeIfPresent("PATH", (name, path) -> ProgramFolders.rootsOf(path));
        if (!RootsOwn.holds(surroundings.home())) {
            variables.put(
                    "HOME",
                    new Accounts()
                            .byName(surroundings.user())
                            .map(own -> own.home().toString())
                            .orElse("/root"));
        }
        String temporary = variables.getOrDefault("TMPDIR", "/tmp");
        if (!temporary.equals("/tmp") && !RootsOwn.holds(Path.of(temporary))) {
            variables.remove("TMPDIR");
        }
    }

    private static boolean passed(String name) {
        return PASSED.contains(name)
                || OF_THE_ACCOUNT.contains(name)
                || PROXIES.contains(name.toLowerCase(Locale.ROOT))
                || PASSED_BEGINNINGS.stream().anyMatch(name::startsWith);
    }
}
