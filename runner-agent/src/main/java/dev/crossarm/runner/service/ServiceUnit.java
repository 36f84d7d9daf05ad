package dev.crossarm.runner.service;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The systemd unit of a runner. Every key is known to systemd 249 (Ubuntu 22.04) and newer.
 *
 * <p>What each setting is for:
 *
 * <ul>
 *   <li>{@code Type=exec}: a start fails when the program cannot be run.
 *   <li>{@code Restart=on-failure}, {@code RestartPreventExitStatus}: the supervisor starts listeners again by itself, so systemd has to
 *       start only the supervisor again, when that died. 78 is a registration that is gone, 77 and 64 do not mend themselves either.
 *       {@code StartLimitIntervalSec=0}: it is never given up.
 *   <li>{@code SuccessExitStatus=143}: Java's status when it is told to stop before it can listen to that.
 *   <li>{@code KillMode=mixed}: a stop signals the supervisor alone, which lets the job finish; what is left when it has ended is killed.
 *   <li>{@code TimeoutStopSec}: as long as the longest job, and ten minutes.
 *   <li>{@code OOMPolicy=continue}: a compiler that the kernel kills for want of memory fails its job, not the runner.
 *   <li>{@code TasksMax}, {@code LimitNOFILE}: the defaults stop parallel builds and linkers; the soft limit of open files is
 *       raised, because few programs do so themselves.
 *   <li>{@code NoNewPrivileges}, an empty {@code CapabilityBoundingSet}: no program that a job runs becomes root by a set-user-id bit.
 *       {@code sudo} stops working, which the account of the jobs may not use anyway, and so does {@code newuidmap}, which rootless
 *       Podman needs for more than one user.
 *   <li>{@code ProtectSystem=full}: {@code /usr}, {@code /boot} and {@code /etc} cannot be written to, whatever their modes say.
 *   <li>{@code ProtectProc=invisible}: no job sees the processes of other accounts, whose arguments may hold what is not for it. The
 *       supervisor sees its own account's, which is all it needs; build sandboxes can still mount a {@code /proc} (tried).
 *   <li>{@code RestrictRealtime}: no job takes a core for itself. Unprivileged accounts have no right to it in any case.
 *   <li>{@code IPAddressDeny}: no job reaches the instance's metadata, and with it the machine's own rights in its cloud. Containers of
 *       a Docker daemon are not in this unit and not covered.
 * </ul>
 *
 * <p>What is left out because it hinders builds: {@code PrivateTmp} (a Docker daemon would see another {@code /tmp} than the step that
 * names a folder there), {@code ProtectKernelTunables}, {@code ProtectKernelLogs} and {@code ProcSubset} (they cover parts of
 * {@code /proc}, and then no sandbox of a build tool may mount one of its own, which was tried), {@code ProtectKernelModules} (hides the headers that
 * modules are built with), {@code ProtectClock} and {@code PrivateDevices} (no {@code /dev/kvm}, {@code /dev/fuse}),
 * {@code ProtectHostname}, {@code ProtectControlGroups}, {@code RestrictNamespaces} (rootless containers), {@code RestrictSUIDSGID}
 * (unpacking and packaging files with those bits), {@code LockPersonality} (the thread sanitizer and debuggers turn address
 * randomisation off), {@code MemoryDenyWriteExecute} (Java, Node, .NET), {@code SystemCallFilter} and
 * {@code SystemCallArchitectures} (32-bit programs, and tests of all kinds), {@code RestrictAddressFamilies}, {@code ProtectHome},
 * {@code RemoveIPC} (two runners of one account).
 *
 * @param name with its ending
 * @param runner what the runner is called, for people
 * @param account of its jobs
 * @param directory the runner's root
 * @param crossarm the installed command, an absolute path
 * @param longestJob how long a stop waits for the running job: the setting {@code runner.longest-job}
 * @param hooks our hooks, where they are wanted
 */
public record ServiceUnit(
        String name,
        String runner,
        String account,
        Path directory,
        Path crossarm,
        Duration longestJob,
        Optional<RunnerHooks> hooks) {

    /** For the hooks after a job, and for telling GitHub its result. */
    private static final Duration AFTER_THE_JOB = Duration.ofMinutes(10);

    /** On AWS, and where others answer at the same address (Azure, Google, OpenStack). */
    private static final String METADATA = "169.254.169.254 fd00:ec2::254";

    private static final int LONGEST_SCOPE = 100;

    public ServiceUnit {
        for (String value : List.of(name, runner, account, directory.toString(), crossarm.toString())) {
            if (value.isEmpty() || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException("not for a unit: " + value);
            }
        }
        if (!name.endsWith(".service") || !directory.isAbsolute() || !crossarm.isAbsolute()) {
            throw new IllegalArgumentException("not a unit: " + name + " " + directory + " " + crossarm);
        }
        // systemd expands no variables in the program's own name, so a dollar sign there cannot be escaped.
        if (crossarm.toString().indexOf('$') >= 0) {
            throw new IllegalArgumentException("not a program for a unit: " + crossarm);
        }
        if (longestJob.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("no time for a job: " + longestJob);
        }
    }

    /**
     * The name of a runner's unit, as the runner's own scripts form it, so that whoever looks for runners finds it.
     *
     * @param scope where it is registered: {@code acme} or {@code acme/tools}
     */
    public static String nameOf(String scope, String runner) {
        String where = scope.replaceAll("[^0-9A-Za-z._-]", "-");
        String cut = where.substring(0, Math.min(where.length(), LONGEST_SCOPE));
        return "actions.runner." + cut + "." + runner.replaceAll("[^0-9A-Za-z._-]", "-") + ".service";
    }

    /** The folder that systemd makes for it. */
    public ServiceFolder folder() {
        return ServiceFolder.of(name);
    }

    /** The file's content. */
    public String text() {
        Map<String, String> variables = new TreeMap<>();
        hooks.ifPresent(ours -> variables.putAll(ours.variables(Optional.of(folder()))));
        List<String> lines = new ArrayList<>(List.of(
                "# Written by crossarm. To change something, add to it: sudo systemctl edit " + name,
                "[Unit]",
                "Description=GitHub Actions runner " + plain(runner) + ", kept by Crossarm",
                "Wants=network-online.target",
                "After=network-online.target",
                "StartLimitIntervalSec=0",
                "",
                "[Service]",
                "Type=exec",
                "User=" + plain(account),
                "WorkingDirectory=" + plain(directory.toString()),
                "ExecStart=" + word(crossarm.toString()) + " runner supervise " + word(directory.toString())));
        variables.forEach((name, value) -> lines.add("Environment=\"" + quoted(name + "=" + value) + "\""));
        lines.addAll(List.of(
                "StateDirectory=" + ServiceFolder.PARENT + "/" + plain(ServiceFolder.bare(name)),
                "StateDirectoryMode=0755",
                "SyslogIdentifier=crossarm-runner",
                "Restart=on-failure",
                "RestartSec=10s",
                "RestartPreventExitStatus=64 77 78",
                "SuccessExitStatus=143",
                "KillMode=mixed",
                "KillSignal=SIGTERM",
                "# As long as the longest job: a stop, and so a reboot, waits for the running one.",
                "TimeoutStopSec=" + longestJob.plus(AFTER_THE_JOB).toSeconds() + "s",
                "OOMPolicy=continue",
                "TasksMax=16384",
                "LimitNOFILE=65536:524288",
                "UMask=0022",
                "NoNewPrivileges=yes",
                "CapabilityBoundingSet=",
                "AmbientCapabilities=",
                "ProtectSystem=full",
                "ProtectProc=invisible",
                "RestrictRealtime=yes",
                "# No job reaches the metadata of the machine it runs on.",
                "IPAddressDeny=" + METADATA,
                "",
                "[Install]",
                "WantedBy=multi-user.target"));
        return String.join("\n", lines) + "\n";
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** A value that is not cut into words: only specifiers are expanded in it. */
    private static String plain(String value) {
        return value.replace("%", "%%");
    }

    /** A word of a command line. */
    private static String word(String value) {
        return "\"" + quoted(value).replace("$", "$$") + "\"";
    }

    /** Between double quotes (systemd.syntax(7)). */
    private static String quoted(String value) {
        return plain(value.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
