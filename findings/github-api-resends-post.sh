#!/usr/bin/env bash
# Guess:   github-api sends a POST once, whatever HTTP client is below it: when the connection is reset, GitHub may have carried
#          it out, so the caller gets the error and decides.
# Happens: with the default connector (Java's own client) that is so. With the connector for OkHttp one call is three POSTs:
#          the library repeats any request after a SocketException, which OkHttp throws and Java's client does not. Each may
#          have made a repository, a release or a comment.
# Versions: github-api 1.330, okhttp-jvm 5.5.1, Java 17 and 25.
# Source:  the requests that a server on this machine counted.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>example</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.kohsuke</groupId><artifactId>github-api</artifactId><version>1.330</version></dependency>
    <dependency><groupId>com.squareup.okhttp3</groupId><artifactId>okhttp-jvm</artifactId><version>5.5.1</version></dependency>
  </dependencies>
</project>
XML
mvn -B -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=jars
cat >Resent.java <<'JAVA'
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.extras.okhttp3.OkHttpGitHubConnector;
import org.kohsuke.github.internal.DefaultGitHubConnector;

public class Resent {
    public static void main(String[] arguments) throws Exception {
        System.out.println("default connector: " + posts(DefaultGitHubConnector.create()));
        System.out.println("okhttp connector:  " + posts(new OkHttpGitHubConnector(new OkHttpClient())));
        System.exit(0);
    }

    static int posts(GitHubConnector connector) throws Exception {
        AtomicInteger posts = new AtomicInteger();
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(() -> {
            while (true) {
                try (Socket socket = server.accept()) {
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                    String request = in.readLine();
                    int length = 0;
                    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                        if (line.toLowerCase().startsWith("content-length:")) {
                            length = Integer.parseInt(line.substring(15).trim());
                        }
                    }
                    for (int i = 0; i < length; i++) {
                        in.read();
                    }
                    if (request != null && request.startsWith("POST ")) {
                        posts.incrementAndGet();
                    }
                    socket.setSoLinger(true, 0); // closed by a reset, as a proxy that gives up does
                } catch (Exception closed) {
                    return;
                }
            }
        });
        serving.setDaemon(true);
        serving.start();
        GitHub github = new GitHubBuilder()
                .withEndpoint("http://127.0.0.1:" + server.getLocalPort())
                .withConnector(connector)
                .withAuthorizationProvider(AuthorizationProvider.ANONYMOUS)
                .build();
        try {
            github.createRepository("one").create();
            System.out.println("the call succeeded");
        } catch (Exception expected) {
            System.out.println("the caller sees " + expected.getClass().getSimpleName());
        }
        server.close();
        return posts.get();
    }
}
JAVA
javac -Xlint:none -cp 'jars/*' Resent.java
java -cp '.:jars/*' Resent >seen 2>log || { cat log >&2; exit 1; }
cat seen
posts() { sed -n "s/^$1 connector: *//p" seen; }
[[ $(posts default) == 1 ]] || { echo "changed: with the default connector one call is $(posts default) POSTs" >&2; exit 1; }
[[ $(posts okhttp) == 3 ]] || { echo "changed: with the connector for OkHttp one call is $(posts okhttp) POSTs" >&2; exit 1; }
echo "seen: what sends the request decides whether it is sent again"
