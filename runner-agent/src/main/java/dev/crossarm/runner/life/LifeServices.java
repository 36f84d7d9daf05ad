package dev.crossarm.runner.life;

import dev.crossarm.github.GitHubAddress;
import dev.crossarm.runner.install.RunnerName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The services of runners, one each. Whatever is asked for a second time changes nothing. */
public interface LifeServices {

    /** @throws dev.crossarm.problem.CrossarmException (69) where there can be no services */
    default void require() {}

    /** What the service of this runner is called, with its ending. */
    String unit(GitHubAddress address, String nameOnGitHub);

    /**
     * Puts the service there, or right, and lets it start with the machine.
     *
     * @param account of the jobs
     * @param folder the runner's root
     */
    void install(RunnerName name, String unit, String account, Path folder);

    /** Starts it and returns when its listener is connected. */
    void start(String unit, Path folder);

    /**
     * Returns when it has ended, which a running job does first.
     *
     * @param said told when there is something to wait for
     */
    void stop(String unit, Path folder, Consumer<String> said);

    /** Takes it away; absent is fine. */
    void remove(String unit, Path folder, Consumer<String> said);

    /** In systemd's word, such as {@code active}; empty when there is no such service or nobody can say. */
    Optional<String> state(String unit, Path folder);
}
