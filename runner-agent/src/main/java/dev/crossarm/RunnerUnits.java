package dev.crossarm;

import dev.crossarm.github.GitHubAddress;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.life.LifeServices;
import dev.crossarm.runner.life.LocalTruth;
import dev.crossarm.runner.service.LocalListeners;
import dev.crossarm.runner.service.RunnerHooks;
import dev.crossarm.runner.service.RunnerServices;
import dev.crossarm.runner.service.ServiceStatus;
import dev.crossarm.runner.service.ServiceUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the life of runners asks of their services, by our units and this machine's processes.
 *
 * @param services of this machine
 * @param listeners of this machine
 * @param host writes files
 * @param hooks that units name
 * @param longestJob how long a stop waits for a job
 */
record RunnerUnits(
        RunnerServices services, LocalListeners listeners, HostPorts host, RunnerHooks hooks, Duration longestJob)
        implements LifeServices, LocalTruth {
    private static final Duration TO_CONNECT = Duration.ofMinutes(2);

    /** Where {@code scripts/install} puts the command as root; beside the jar lies what it leads to. */
    private static final Path USUAL = Path.of("/usr/local/bin/crossarm");

    @Override
    public void require() {
        services.requireSystemd();
    }

    @Override
    public String unit(GitHubAddress address, String nameOnGitHub) {
        return unitOf(address, nameOnGitHub);
    }

    /** By the owner, or owner and repository, or enterprise, as it stands in the address. */
    static String unitOf(GitHubAddress address, String nameOnGitHub) {
        List<String> segments = address.scope().segments();
        return ServiceUnit.nameOf(String.join("/", segments.subList(1, segments.size())), nameOnGitHub);
    }

    @Override
    public void install(RunnerName name, String unit, String account, Path folder) {
        services.requireSystemd();
        hooks.install(host.files());
        services.install(
                new ServiceUnit(unit, name.value(), account, folder, launcher(), longestJob, Optional.of(hooks)));
    }

    private static Path launcher() {
        Path beside = Main.jar().resolveSibling("launcher");
        return Files.isExecutable(beside) ? beside : USUAL;
    }

    @Override
    public void start(String unit, Path folder) {
        services.start(unit, folder, TO_CONNECT);
    }

    @Override
    public void stop(String unit, Path folder, Consumer<String> said) {
        services.stop(unit, folder, longestJob, said);
    }

    @Override
    public void remove(String unit, Path folder, Consumer<String> said) {
        services.remove(unit, folder, longestJob, said);
        if (!services.use(hooks)) {
            hooks.remove(host.files());
        }
    }

    @Override
    public Optional<String> state(String unit, Path folder) {
        ServiceStatus status = services.status(unit, folder);
        return status.installed() ? Optional.of(status.active()) : Optional.empty();
    }

    @Override
    public boolean busy(Path folder) {
        return listeners.busy(folder);
    }

    @Override
    public boolean listens(Path folder) {
        return listeners.listens(folder);
    }

    @Override
    public boolean end(Path folder) throws InterruptedException {
        return listeners.end(folder);
    }
}
