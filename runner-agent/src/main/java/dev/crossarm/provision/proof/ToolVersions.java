package dev.crossarm.provision.proof;

import dev.crossarm.host.process.CommandResult;
import dev.crossarm.plan.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks every tool of the chain for its version, as a job would call it; one that does not answer is a failure. */
final class ToolVersions {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final SelfTestWorkspace workspace;
    private final Progress progress;

    ToolVersions(SelfTestWorkspace workspace, Progress progress) {
        this.workspace = workspace;
        this.progress = progress;
    }

    Map<String, String> ask(SelfTestSubject subject) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("rustc", first("rustc", List.of("rustc", "--version")));
        versions.put("cargo", first("cargo", List.of("cargo", "--version")));
        versions.put("cc", first("the compiler for C", SelfTestSubject.line(subject.compiler(), "--version")));
        List<String> linker = subject.linker();
        versions.put("linker", first("the linker", SelfTestSubject.line(linker, "--version")));
        String ld = first("the linker", SelfTestSubject.line(linker, "-print-prog-name=ld"));
        versions.put("ld", first("ld", List.of(ld, "--version")));
        if (!subject.runsNatively()) {
            versions.put("emulator", first("the emulator", SelfTestSubject.line(subject.emulator(), "--version")));
        }
        return versions;
    }

    private String first(String tool, List<String> line) {
        CommandResult result = workspace.run(line, DEADLINE, progress);
        if (!result.succeeded()) {
            throw SelfTestProblems.tool(tool, result).asException();
        }
        return result.out().whole().lines().findFirst().orElse("of unknown version");
    }
}
