package dev.crossarm.provision.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeTest {
    private static final String MAIN = """
            #include <stdint.h>
            #include <stdio.h>
            uint64_t probe_digest(const char *);
            int probe_words(const char *, char *, size_t);
            int main(int n, char **v) {
                char out[256];
                return n != 2 || probe_words(v[1], out, sizeof out) < 0
                    || printf("words=%s digest=%016llx", out, (unsigned long long) probe_digest(v[1])) < 0;
            }
            """;

    @TempDir
    Path directory;

    @Test
    void expects_what_the_c_of_the_probe_answers() throws Exception {
        Files.write(directory.resolve("probe.c"), SelfTestWorkspace.source("src/probe.c"));
        Files.writeString(directory.resolve("main.c"), MAIN);
        run("gcc", "-Wall", "-Wextra", "-Werror", "-O2", "-o", "probe", "probe.c", "main.c");
        ProbeQuestion question = ProbeQuestion.at(Instant.parse("2026-01-02T03:04:05.678Z"));

        assertThat(question.text()).isEqualTo("self test 19b7ca98f2e crossarm");
        assertThat(question.answer(false)).startsWith(run("./probe", question.text()) + " threads=");
    }

    @Test
    void asks_something_else_each_time() {
        assertThat(ProbeQuestion.at(Instant.ofEpochMilli(1)).answer(false))
                .isNotEqualTo(ProbeQuestion.at(Instant.ofEpochMilli(2)).answer(false));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
