package dev.crossarm.github;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.authorization.AuthorizationProvider;

/** What github-api is used for: repositories today, workflow runs and jobs for whoever needs them. */
final class Library {
    private final ApiClient client;

    Library(ApiClient client) {
        this.client = client;
    }

    Answer<RepositoryFacts> repository(RunnerScope.Repository repository) {
        return asked(
                "look at the repository " + repository.shown(),
                () -> facts(github().getRepository(repository.owner() + "/" + repository.name())));
    }

    private static RepositoryFacts facts(GHRepository found) {
        return new RepositoryFacts(found.getFullName(), !found.isPrivate(), found.isArchived());
    }

    private GitHub github() throws IOException {
        return new GitHubBuilder()
                .withEndpoint(endpoint())
                .withConnector(new LibraryConnector(client))
                .withAuthorizationProvider(AuthorizationProvider.ANONYMOUS)
                .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                .build();
    }

    private String endpoint() {
        String root = client.address().api().toString();
        return root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    private <T> Answer<T> asked(String doing, Callable<T> question) {
        ApiCall call = ApiCall.get(
                client.address().api(),
                "library",
                doing,
                client.address().scope().read());
        try {
            return Answer.of(question.call());
        } catch (LibraryConnector.CallFailed failed) {
            return Answer.failed(failed.failure());
        } catch (Exception notUnderstood) {
            // Its exceptions quote the answer; their kind is enough.
            return Answer.failed(
                    client.problems().garbage(call, notUnderstood.getClass().getSimpleName()));
        }
    }
}
