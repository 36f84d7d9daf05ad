package dev.crossarm.download;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom TLS connections trust: the authorities of the Java runtime, and those in the files that the variables
 * {@code SSL_CERT_FILE}, {@code CURL_CA_BUNDLE} and {@code SSL_CERT_DIR} name, as other programs on the host do.
 */
final class TrustedAuthorities {
    private static final List<String> FILES = List.of("SSL_CERT_FILE", "CURL_CA_BUNDLE");
    private static final String FOLDERS = "SSL_CERT_DIR";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----(?<base64>[^-]*)-----END", Pattern.DOTALL);

    private final Map<String, String> environment;

    TrustedAuthorities(Map<String, String> environment) {
        this.environment = environment;
    }

    X509TrustManager trustManager() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : of(null).getAcceptedIssuers()) {
                store.setCertificateEntry("java-" + number++, authority);
            }
            for (Certificate authority : named()) {
                store.setCertificateEntry("host-" + number++, authority);
            }
            return of(store);
        } catch (GeneralSecurityException | IOException error) {
            throw Problem.of(
                            ExitStatus.UNAVAILABLE,
                            "no-trust-store",
                            "the certificates of the Java runtime cannot be read",
                            "sudo apt-get install --reinstall ca-certificates-java")
                    .withDetail(String.valueOf(error.getMessage()))
                    .asException(error);
        }
    }

    private static X509TrustManager of(@org.jspecify.annotations.Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                return known;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    private List<Certificate> named() throws CertificateException {
        List<Certificate> all = new ArrayList<>();
        for (String variable : FILES) {
            String place = environment.getOrDefault(variable, "");
            if (!place.isBlank()) {
                List<Certificate> found = fromFile(variable, Path.of(place));
                if (found.isEmpty()) {
                    throw unusable(variable, place, "it contains no certificate")
                            .asException();
                }
                all.addAll(found);
            }
        }
        for (String folder : environment.getOrDefault(FOLDERS, "").split(":", -1)) {
            if (!folder.isBlank() && Files.isDirectory(Path.of(folder))) {
                all.addAll(fromFolder(Path.of(folder)));
            }
        }
        return all;
    }

    private static List<Certificate> fromFile(String variable, Path file) throws CertificateException {
        try {
            return parse(RegularFile.text(file, RegularFile.GENERATED, StandardCharsets.ISO_8859_1));
        } catch (IOException error) {
            throw unusable(variable, file.toString(), "it cannot be read").asException(error);
        } catch (CertificateException | IllegalArgumentException damaged) {
            throw unusable(variable, file.toString(), "it contains a damaged certificate")
                    .asException(damaged);
        }
    }

    /** Other programs look into such a folder by hash and never see what else lies there: so that is skipped here. */
    private static List<Certificate> fromFolder(Path folder) {
        List<Certificate> all = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isRegularFile).sorted().toList()) {
                all.addAll(readable(entry));
            }
        } catch (IOException notReadable) {
            return all;
        }
        return all;
    }

    private static List<Certificate> readable(Path file) {
        try {
            return parse(RegularFile.text(file, RegularFile.GENERATED, StandardCharsets.ISO_8859_1));
        } catch (IOException | CertificateException | IllegalArgumentException somethingElse) {
            return List.of();
        }
    }

    private static List<Certificate> parse(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> found = new ArrayList<>();
        Matcher block = PEM.matcher(text);
        while (block.find()) {
            byte[] der = Base64.getMimeDecoder().decode(block.group("base64"));
            found.add(factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return found;
    }

    private static Problem unusable(String variable, String place, String why) {
        return new Problem(
                "certificates-not-usable",
                "the certificates that " + variable + " names cannot be used: " + why,
                place,
                List.of("ls -l " + place, "unset " + variable),
                ExitStatus.CONFIGURATION);
    }
}
