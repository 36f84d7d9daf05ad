package dev.crossarm.cli.runner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.life.RegisterRequest;
import dev.crossarm.runner.life.RunnerLife;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm runner register}: gives an installed runner to an organisation, a repository or an enterprise. */
public final class RunnerRegisterCommand implements Subcommand {
    private static final String NAME = "--name";
    private static final String LABELS = "--labels";
    private static final String GROUP = "--group";
    private static final String EPHEMERAL = "--ephemeral";
    private static final String REPLACE = "--replace";
    private static final String ALLOW_PUBLIC = "--allow-public";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "register",
                "Registers an installed runner with GitHub and starts its service.",
                "The runner gets the labels self-hosted, Linux, ARM64 and crossarm, and one for the target that the self-test"
                        + " proved, such as x86_64-musl. Does nothing when it is registered there already. Refuses a public"
                        + " repository, and a group that allows public ones.");
        spec.addPositional(MeantRunner.spec());
        spec.addOption(Options.text(NAME, "NAME", "Its name on GitHub. Default: its name on this machine.")
                .build());
        spec.addOption(Options.words(LABELS, "LABEL", "More labels, separated by commas.", List.of()));
        spec.addOption(Options.text(
                        GROUP, "GROUP", "Runner group of the organization or enterprise. Default: the standard one.")
                .build());
        spec.addOption(Options.flag("Take one job only, then leave.", EPHEMERAL));
        spec.addOption(Options.flag("Replace an earlier registration of this runner that is offline.", REPLACE));
        spec.addOption(Options.flag(
                "Accept that public repositories use it: then everybody's pull requests can run programs here.",
                ALLOW_PUBLIC));
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_LIFE));
        spec.usageMessage()
                .footer(
                        "Examples:",
                        "  sudo crossarm runner register --url https://github.com/ACME --app-id 123456 \\",
                        "      --app-key /etc/crossarm/app.pem",
                        "  sudo crossarm runner register arm-2 --url https://github.com/acme/tools \\",
                        "      --token-file /etc/crossarm/github-token --labels big-disk");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Loaded loaded = RunnerGate.require(invocation);
        GitHubSettings settings = GitHubSettings.of(loaded);
        GitHubAddress address = settings.requireAddress();
        settings.requireCredential(
                invocation.program().surroundings().environment().keySet());
        Site site = invocation.program().site(loaded);
        RunnerLife life = site.runnerLife();
        RunnerName name = MeantRunner.meant(invocation, life);
        RegisterRequest request = new RegisterRequest(
                name,
                invocation.value(NAME).map(RunnerName::new).orElse(name).value(),
                invocation.values(LABELS),
                invocation.value(GROUP),
                invocation.has(EPHEMERAL),
                invocation.has(REPLACE),
                invocation.has(ALLOW_PUBLIC));
        Site.Hold held = site.hold(
                invocation.pasted(invocation.again()),
                reason -> invocation.messages().say(reason));
        try {
            RunnerLife.Registered done = life.register(
                    request, address, line -> invocation.messages().say(line), invocation.messages()::warn);
            tell(invocation, done);
        } finally {
            held.close();
        }
        return ExitStatus.DONE.code();
    }

    private static void tell(Invocation invocation, RunnerLife.Registered done) {
        RunnerRecord.Registration made = done.record().registration().orElseThrow();
        if (invocation.has(Options.JSON)) {
            ObjectNode json = JsonText.start();
            json.put("name", done.record().name());
            json.put("changed", done.changed());
            json.put("address", made.address());
            json.put("nameOnGitHub", made.name());
            json.put("id", made.id());
            made.group().ifPresent(group -> json.put("group", group));
            ArrayNode labels = json.putArray("labels");
            made.labels().forEach(labels::add);
            json.put("ephemeral", made.ephemeral());
            json.put("service", made.unit());
            json.put("exit", ExitStatus.DONE.code());
            invocation.messages().json(json);
            return;
        }
        invocation
                .console()
                .out()
                .println(
                        (done.changed() ? "Registered the runner " : "Nothing to do: already registered is the runner ")
                                + done.record().name() + " at " + made.address() + " as " + made.name() + ", number "
                                + made.id() + "; labels: " + String.join(", ", made.labels()));
    }
}
