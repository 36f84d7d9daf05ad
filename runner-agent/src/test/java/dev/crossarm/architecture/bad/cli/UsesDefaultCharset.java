package dev.crossarm.architecture.bad.cli;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;

/** Bad on purpose. */
@SuppressWarnings("DefaultCharset")
public final class UsesDefaultCharset {
    public byte[] writesBytes(String text) {
        return text.getBytes();
    }

    public String readsBytes(byte[] bytes) {
        return new String(bytes);
    }

    public Reader opensReader(InputStream stream) {
        return new InputStreamReader(stream);
    }
}
