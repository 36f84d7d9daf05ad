package dev.crossarm.github;

import java.util.List;

/** Whose runners they are. Decides the addresses of the calls and the rights they need. */
public sealed interface RunnerScope {

    /** One repository's. */
    record Repository(String owner, String name) implements RunnerScope {
        @Override
        public List<String> segments() {
            return List.of("repos", owner, name);
        }

        @Override
        public String shown() {
            return owner + "/" + name;
        }

        @Override
        public Need read() {
            return new Need("repository permission Administration (read)", "repo");
        }

        @Override
        public Need write() {
            return new Need("repository permission Administration (write)", "repo");
        }
    }

    /** An organisation's, which may serve many repositories. */
    record Organization(String name) implements RunnerScope {
        @Override
        public List<String> segments() {
            return List.of("orgs", name);
        }

        @Override
        public String shown() {
            return name;
        }

        @Override
        public Need read() {
            return new Need("organization permission Self-hosted runners (read)", "admin:org");
        }

        @Override
        public Need write() {
            return new Need("organization permission Self-hosted runners (write)", "admin:org");
        }
    }

    /** An enterprise's. GitHub answers no App here. */
    record Enterprise(String slug) implements RunnerScope {
        static final String SCOPE = "manage_runners:enterprise";

        @Override
        public List<String> segments() {
            return List.of("enterprises", slug);
        }

        @Override
        public String shown() {
            return "the enterprise " + slug;
        }

        @Override
        public Need read() {
            return write();
        }

        @Override
        public Need write() {
            return new Need("", SCOPE);
        }
    }

    /**
     * What a credential has to be allowed.
     *
     * @param permission of an App or a fine-grained token, as GitHub's settings name it; empty where neither will do
     * @param scope of a classic token
     */
    record Need(String permission, String scope) {
        String shown() {
            String classic = "the scope " + scope + " of a classic token";
            return permission.isEmpty() ? classic : "the " + permission + ", or " + classic;
        }
    }

    /** The beginning of its addresses below the interface's. */
    List<String> segments();

    /** As people write it. */
    String shown();

    /** To list runners. */
    Need read();

    /** To add, change and delete them. */
    Need write();
}
