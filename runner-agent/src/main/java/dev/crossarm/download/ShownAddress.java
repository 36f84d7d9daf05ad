package dev.crossarm.download;

import java.net.URI;

/** Addresses as they may be shown: without password, and without a query, which may be a signature. */
final class ShownAddress {

    private ShownAddress() {}

    static String of(URI address) {
        String user = address.getRawUserInfo();
        String account = user == null ? "" : user.replaceFirst(":.*", "") + ":***@";
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String query = address.getRawQuery() == null ? "" : "?***";
        return address.getScheme() + "://" + account + address.getHost() + port + address.getRawPath() + query;
    }
}
