#!/usr/bin/env bash
# Guess:   github-api reads /rate_limit from an answer that has the two limits that GitHub's description of its interface
#          requires, core and search; what is optional there is absent in the result.
# Happens: without either of two optional ones, graphql and integration_manifest, getRateLimit() throws, and no limit is known.
# Versions: github-api 1.330, @octokit/openapi 23.0.2, Java 17 and 25.
# Source:  rate-limit-overview in that description names core and search as required; the answer given here is made after it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @octokit/openapi@23.0.2 >/dev/null
tar -xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
required=$(python3 - <<'PY'
import json
schemas = json.load(open('package/generated/api.github.com.json'))['components']['schemas']
print(' '.join(sorted(schemas['rate-limit-overview']['properties']['resources']['required'])))
PY
)
echo "required by the description: $required"
[[ $required == 'core search' ]] || { echo "changed: the description requires others" >&2; exit 1; }
cat >pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>example</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.kohsuke</groupId><artifactId>github-api</artifactId><version>1.330</version></dependency>
  </dependencies>
</project>
XML
mvn -B -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=jars
cat >Limits.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.authorization.AuthorizationProvider;

public class Limits {
    static final String ONE = "{\"limit\":5000,\"used\":1,\"remaining\":4999,\"reset\":1893456000}";

    public static void main(String[] arguments) throws Exception {
        String required = "\"core\":" + ONE + ",\"search\":" + ONE;
        String graphql = ",\"graphql\":" + ONE;
        String manifest = ",\"integration_manifest\":" + ONE;
        System.out.println("required only: " + asked(required));
        System.out.println("without graphql: " + asked(required + manifest));
        System.out.println("without integration_manifest: " + asked(required + graphql));
        System.out.println("all four: " + asked(required + graphql + manifest));
        System.exit(0);
    }

    static String asked(String resources) throws Exception {
        byte[] answer =
                ("{\"resources\":{" + resources + "},\"rate\":" + ONE + "}").getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/rate_limit", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            GitHub github = new GitHubBuilder()
                    .withEndpoint("http://127.0.0.1:" + server.getAddress().getPort())
                    .withAuthorizationProvider(AuthorizationProvider.ANONYMOUS)
                    .build();
            return "core has " + github.getRateLimit().getCore().getRemaining() + " left";
        } catch (Exception thrown) {
            return thrown.getClass().getSimpleName();
        } finally {
            server.stop(0);
        }
    }
}
JAVA
javac -Xlint:none -cp 'jars/*' Limits.java
java -cp '.:jars/*' Limits >seen 2>log || { cat log >&2; exit 1; }
cat seen
grep -q '^all four: core has 4999 left' seen || { echo "changed: a whole answer is no longer read" >&2; exit 1; }
for answer in 'required only' 'without graphql' 'without integration_manifest'; do
  grep -q "^$answer: [A-Za-z]*Exception" seen || { echo "changed: $answer is enough now" >&2; exit 1; }
done
echo "seen: what the description calls optional is required by the library"
