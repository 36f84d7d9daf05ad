package dev.crossarm.cli.command;

import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Origin;
import dev.crossarm.config.Scope;
import dev.crossarm.host.RootsOwn;
import dev.crossarm.host.files.FileState;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps root from working with the PATH of the jobs where another account can write to a folder of it: a program that was put there
 * would run as root.
 */
public final class RootGate {

    private RootGate() {}

    /**
     * Lets everybody but root through, and root where these folders are root's alone.
     *
     * @param then what to type as the account that builds here
     */
    public static void require(Invocation invocation, Site site, String then) {
        if (!invocation.program().surroundings().root()) {
            return;
        }
        for (Path folder : folders(site)) {
            Optional<Path> open = RootsOwn.writableByAnother(folder, RootGate::elsewhere);
            if (open.isPresent()) {
                String account = account(site, open.get());
                throw new Problem(
                                "not-as-root",
                                "as root this would run programs out of a folder that " + account + " can write",
                                folder + " holds programs that a build runs",
                                List.of("sudo -H -u " + account + " bash", "there: " + then),
                                ExitStatus.NO_PERMISSION)
                        .asException();
            }
        }
    }

    /**
     * The same for commands that run what is provisioned only as its own account, which in user scope is root: {@code HOME} may
     * be the caller's.
     */
    public static void requireInUserScope(Invocation invocation, Site site, String then) {
        if (site.loaded().settings().scope() == Scope.USER) {
            require(invocation, site, then);
        }
    }

    private static List<Path> folders(Site site) {
        List<Path> folders = new ArrayList<>(site.environment().pathPrefix());
        if (site.loaded().settings().scope() == Scope.USER) {
            folders.add(site.layout().rustupHome());
        }
        return folders;
    }

    /** An owner without a name is of another machine: a container's home that its host's runner mounted. */
    private static boolean elsewhere(UserPrincipal owner) {
        return owner.getName().matches("\\d+");
    }

    /** {@code crossarm env} as it finds the same machine whoever types it. */
    public static String env(Loaded loaded) {
        // Whoever builds here is not root, for whom alone system scope goes without saying.
        boolean say = loaded.settings().scope() == Scope.SYSTEM
                && loaded.origin(ConfigKey.SCOPE).kind() != Origin.Kind.FLAG;
        return "eval \"$(crossarm env" + (say ? " --scope system" : "") + ")\"";
    }

    private static String account(Site site, Path open) {
        String owner = FileState.owner(open);
        return owner.equals("root") ? site.layout().owner().orElse("another account") : owner;
    }
}
