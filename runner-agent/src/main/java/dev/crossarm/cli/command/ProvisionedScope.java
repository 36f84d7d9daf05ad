package dev.crossarm.cli.command;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Origin;
import dev.crossarm.config.Scope;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one rule by which every command that uses a provisioned machine finds its scope. A scope that was chosen, by option, variable
 * or file, is the one. Else it is the account's own (system for root, user for everybody else) where something is provisioned
 * there, and the other one where that is so only there.
 *
 * @param site the machine in that scope
 * @param switched whether the scope is not the account's own
 * @param elsewhere where something is provisioned, when it is not in this scope; names the command that finds it
 */
public record ProvisionedScope(Site site, boolean switched, Optional<Problem> elsewhere) {

    /**
     * @param again the command once more, without its settings
     * @param anywhere the same from any folder
     * @param in the same settings in another scope
     */
    static ProvisionedScope find(
            String again, String anywhere, Loaded loaded, Program program, Function<Scope, Loaded> in) {
        Site own = program.site(loaded);
        if (own.provisioned()) {
            return new ProvisionedScope(own, false, Optional.empty());
        }
        Scope scope = loaded.settings().scope();
        Scope otherScope = scope == Scope.SYSTEM ? Scope.USER : Scope.SYSTEM;
        Loaded otherwise = in.apply(otherScope);
        Site other = program.site(otherwise);
        if (other.provisioned()) {
            boolean chosen = loaded.origin(ConfigKey.SCOPE).kind() != Origin.Kind.DEFAULT;
            return chosen
                    ? new ProvisionedScope(own, false, Optional.of(inScope(again, scope, otherScope)))
                    : new ProvisionedScope(other, true, Optional.empty());
        }
        return new ProvisionedScope(
                own, false, program.accountsProvisioned().stream().findFirst().map(user -> forUser(anywhere, user)));
    }

    /** The machine, where something is provisioned in this scope or nowhere. */
    public Site require() {
        elsewhere.ifPresent(problem -> {
            throw problem.asException();
        });
        return site;
    }

    /** One line for people who get a result all the same. */
    public Optional<String> hint() {
        return elsewhere.map(
                problem -> problem.summary() + ": " + problem.remedies().get(0));
    }

    private static Problem inScope(String again, Scope scope, Scope other) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "provisioned-elsewhere",
                "nothing is provisioned in " + word(scope) + " scope, only in " + word(other) + " scope",
                scoped(again, word(other)));
    }

    private static Problem forUser(String anywhere, String user) {
        return new Problem(
                "provisioned-elsewhere",
                "this machine is provisioned for the user " + user + " only",
                "user scope serves the account that was provisioned, and no other",
                List.of("sudo -u " + user + " -i " + anywhere, "For all accounts: sudo crossarm provision"),
                ExitStatus.CONFIGURATION);
    }

    /** Words for cargo come last. */
    private static String scoped(String again, String scope) {
        int end = again.indexOf(" -- ");
        String options = end < 0 ? again : again.substring(0, end);
        return options + " --scope " + scope + again.substring(options.length());
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
