package dev.crossarm.download;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** One entry of {@code no_proxy}: {@code *}, a host or domain, optionally with a port, an address or a network. */
final class NoProxyRule {

    private NoProxyRule() {}

    /** All in small letters; an IPv6 host without brackets. */
    static boolean matches(String rule, String host, int port) {
        if (rule.equals("*")) {
            return true;
        }
        if (rule.contains("/")) {
            return inNetwork(rule, host);
        }
        String name = rule;
        int colon = rule.lastIndexOf(':');
        boolean withPort = colon > 0 && (rule.indexOf(':') == colon || rule.charAt(colon - 1) == ']');
        if (withPort) {
            name = rule.substring(0, colon);
            if (!rule.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
        }
        name = name.replaceAll("^\\[|]$|^\\*?\\.", "");
        return host.equals(name) || host.endsWith("." + name);
    }

    private static boolean inNetwork(String rule, String host) {
        String[] parts = rule.split("/", 2);
        if (!literal(parts[0]) || !literal(host) || !parts[1].matches("[0-9]{1,3}")) {
            return false;
        }
        try {
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            byte[] address = InetAddress.getByName(host).getAddress();
            int free = network.length * 8 - Integer.parseInt(parts[1]);
            return network.length == address.length
                    && free >= 0
                    && new BigInteger(1, network).shiftRight(free).equals(new BigInteger(1, address).shiftRight(free));
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    /** So that no name is ever looked up here. */
    private static boolean literal(String host) {
        return host.matches("[0-9.]+") || host.matches("[0-9a-f:.]*:[0-9a-f:.]*");
    }
}
