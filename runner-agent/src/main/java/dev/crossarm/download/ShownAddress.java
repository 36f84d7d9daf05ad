package dev.crossarm.download;

import dev.crossarm.text.Mask;
import java.net.URI;

/** Addresses as they may be shown: without password, and without a query, which may be a signature. */
final class ShownAddress {

    private ShownAddress() {}

    static String of(URI address) {
        String text = address.toString();
        int query = text.indexOf('?');
        return Mask.FORMS.over(query < 0 ? text : text.substring(0, query) + "?***");
    }
}
