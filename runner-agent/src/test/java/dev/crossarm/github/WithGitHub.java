package dev.crossarm.github;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests against a server that stands for GitHub, a new one for each. */
abstract class WithGitHub {
    @TempDir
    Path folder;

    TestGitHub github;

    @BeforeEach
    final void start() {
        github = new TestGitHub(folder);
    }

    @AfterEach
    final void stop() {
        github.close();
    }
}
