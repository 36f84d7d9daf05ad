package dev.crossarm.job.cargo;

/**
 * Name and version out of cargo's package id (cargo reference, "Package ID specifications"): {@code
 * registry+https://…#name@1.2.3}, {@code path+file:///srv/name#1.2.3}, and before cargo 1.77 {@code name 1.2.3 (source)}.
 */
public record PackageId(String name, String version) {

    public static PackageId of(String id) {
        int hash = id.lastIndexOf('#');
        if (hash < 0) {
            String[] words = id.split(" ", -1);
            return new PackageId(words[0], words.length > 1 ? words[1] : "");
        }
        String end = id.substring(hash + 1);
        int at = end.lastIndexOf('@');
        if (at >= 0) {
            return new PackageId(end.substring(0, at), end.substring(at + 1));
        }
        String address = id.substring(0, hash);
        int question = address.indexOf('?');
        String path = question < 0 ? address : address.substring(0, question);
        return new PackageId(path.substring(path.lastIndexOf('/') + 1), end);
    }
}
