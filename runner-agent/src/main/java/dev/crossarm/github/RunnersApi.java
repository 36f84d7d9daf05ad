package dev.crossarm.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.text.SecretRegister;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The calls about the self-hosted runners of one scope. Each sends one request, or one for each page, and returns; none
 * waits for its turn or tries again. Secrets in answers are hidden in everything shown from then on.
 */
public final class RunnersApi {
    private static final String RUNNERS = "runners";

    /** GitHub counts registrations by themselves. */
    private static final String REGISTRATION = "registration";

    private final ApiClient client;
    private final GitHubAddress address;
    private final RunnerScope scope;
    private final SecretRegister secrets;

    RunnersApi(ApiClient client, SecretRegister secrets) {
        this.client = client;
        this.address = client.address();
        this.scope = address.scope();
        this.secrets = secrets;
    }

    /** All runners of the scope. */
    public Answer<List<Runner>> list() {
        return client.pages(list(runners()), "runners", Runner::of, Runner::id);
    }

    /**
     * The runner of exactly this name. To be asked after a {@link #jit} that may have been carried out: what it made has to
     * be deleted by its id, since its configuration is lost.
     */
    public Answer<Optional<Runner>> named(String name) {
        HttpUrl url = runners().newBuilder().addQueryParameter("name", name).build();
        return client.pages(list(url), "runners", Runner::of, Runner::id)
                .map(found -> found.stream()
                        .filter(runner -> runner.name().equalsIgnoreCase(name))
                        .findFirst());
    }

    private ApiCall list(HttpUrl url) {
        return ApiCall.get(url, RUNNERS, "list the runners of " + scope.shown(), scope.read());
    }

    /** One runner; {@link Failure.Kind#NOT_FOUND} once its record is gone. */
    public Answer<Runner> get(long id) {
        return client.read(ApiCall.get(one(id), RUNNERS, "look up the runner " + id, scope.read()), Runner::of);
    }

    /**
     * Deletes a runner's record. {@link Failure.Kind#BUSY} while GitHub believes that it has a job, and
     * {@link Failure.Kind#NOT_FOUND} when it is gone already.
     *
     * @return the id
     */
    public Answer<Long> delete(long id) {
        return client.send(ApiCall.write("DELETE", one(id), RUNNERS, "delete the runner " + id, scope.write()))
                .map(done -> id);
    }

    /** A token to add runners with {@code config.sh}. */
    public Answer<RunnerToken> registrationToken() {
        return token("registration-token", "get a token to register a runner for " + scope.shown());
    }

    /** A token to remove runners with {@code config.sh}. */
    public Answer<RunnerToken> removeToken() {
        return token("remove-token", "get a token to remove a runner of " + scope.shown());
    }

    private Answer<RunnerToken> token(String last, String doing) {
        HttpUrl url = address.below("actions", "runners", last);
        return client.read(ApiCall.write("POST", url, REGISTRATION, doing, scope.write()), RunnerToken::of)
                .map(made -> {
                    secrets.add(made.token());
                    return made;
                });
    }

    /**
     * Makes a runner for one job. {@link Failure.Kind#CONFLICT} when the name is taken. After a failure that is uncertain,
     * {@link #named} tells whether there is one now.
     */
    public Answer<JitConfig> jit(JitRequest request) {
        HttpUrl url = address.below("actions", "runners", "generate-jitconfig");
        ApiCall call = ApiCall.write(
                        "POST",
                        url,
                        REGISTRATION,
                        "make the runner " + request.name() + " for " + scope.shown(),
                        scope.write())
                .with(request.json())
                .toBeLookedUp();
        return client.read(call, JitConfig::of).map(made -> {
            secrets.add(made.encoded());
            return made;
        });
    }

    /** The packages that GitHub offers this scope. They are handed out by and by, so that this may lag behind the release. */
    public Answer<List<RunnerPackage>> downloads() {
        HttpUrl url = address.below("actions", "runners", "downloads");
        ApiCall call = ApiCall.get(url, RUNNERS, "list the packages of the runner", scope.read());
        return client.read(call, fields -> fields.items(RunnerPackage::of)).map(all -> {
            all.forEach(one -> one.token().ifPresent(secrets::add));
            return all;
        });
    }

    /** The labels of a runner. */
    public Answer<List<Runner.Label>> labels(long id) {
        return client.read(
                ApiCall.get(labelsOf(id), RUNNERS, "list the labels of the runner " + id, scope.read()),
                RunnersApi::labels);
    }

    /** Gives a runner these labels in place of those it was given. @return what it has then */
    public Answer<List<Runner.Label>> setLabels(long id, List<String> labels) {
        ObjectNode body = Fields.MAPPER.createObjectNode();
        labels.forEach(body.putArray("labels")::add);
        ApiCall call = ApiCall.write("PUT", labelsOf(id), RUNNERS, "set the labels of the runner " + id, scope.write());
        return client.read(call.with(body.toString()), RunnersApi::labels);
    }

    private static List<Runner.Label> labels(Fields fields) {
        return fields.list("labels", Runner.Label::of);
    }

    /** The groups of an organisation's or enterprise's runners; {@link Failure.Kind#NOT_OFFERED} for a repository. */
    public Answer<List<RunnerGroup>> groups() {
        String doing = "list the runner groups of " + scope.shown();
        if (scope instanceof RunnerScope.Repository) {
            return Answer.failed(GitHubProblems.noGroups(doing));
        }
        return client.pages(
                ApiCall.get(address.below("actions", "runner-groups"), "groups", doing, scope.read()),
                "runner_groups",
                RunnerGroup::of,
                RunnerGroup::id);
    }

    /**
     * Until when GitHub accepts this version of the runner; {@link Failure.Kind#NOT_FOUND} when it does not know the version.
     * A server of one's own sets no dates, and is not asked.
     */
    public Answer<VersionDates> versionDates(String version) {
        if (address.place() == GitHubAddress.Place.SERVER) {
            return Answer.of(new VersionDates(version, Optional.empty(), Optional.empty()));
        }
        HttpUrl url = address.below("actions", "runners", "deprecations", version);
        return client.read(
                ApiCall.get(url, RUNNERS, "ask until when GitHub accepts the runner " + version, scope.write()),
                VersionDates::of);
    }

    private HttpUrl runners() {
        return address.below("actions", "runners");
    }

    private HttpUrl one(long id) {
        return address.below("actions", "runners", Long.toString(id));
    }

    private HttpUrl labelsOf(long id) {
        return address.below("actions", "runners", Long.toString(id), "labels");
    }
}
