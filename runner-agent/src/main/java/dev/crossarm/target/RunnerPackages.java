package dev.crossarm.target;

import java.util.Comparator;
import java.util.List;

/**
 * The packages of the libraries that GitHub's runner loads: ICU, OpenSSL, Kerberos, zlib and the C++ runtime for .NET, libatomic for
 * Node 25 and newer (actions/runner, installdependencies.sh and issue 4591).
 *
 * @param icu the ICU library of this release
 * @param fixed the others
 */
public record RunnerPackages(String icu, List<String> fixed) {
    /** What the name of every ICU library begins with. */
    public static final String ICU = "libicu";

    public RunnerPackages {
        fixed = List.copyOf(fixed);
    }

    static RunnerPackages of(String icu, String openSsl) {
        return new RunnerPackages(
                icu, List.of(openSsl, "libgssapi-krb5-2", "libkrb5-3", "zlib1g", "libstdc++6", "libatomic1"));
    }

    /** Whether this is an ICU library of any version. */
    public boolean isIcu(String name) {
        return name.matches(ICU + "\\d{1,4}");
    }

    /** Of ICU libraries the newest: the number is the version. */
    public static String newest(List<String> icu) {
        return icu.stream()
                .max(Comparator.comparingInt(name -> Integer.parseInt(name.substring(ICU.length()))))
                .orElseThrow();
    }
}
