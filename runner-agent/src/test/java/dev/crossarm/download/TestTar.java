package dev.crossarm.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes archives, harmless ones and others. */
public final class TestTar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    public TestTar() {
        try {
            tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8");
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public TestTar folder(String name) {
        return add(entry(name + "/", TarConstants.LF_DIR, 040777), new byte[0]);
    }

    public TestTar file(String name, int mode, String content) {
        return file(name, mode, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestTar file(String name, int mode, byte[] content) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL, 0100000 | mode);
        entry.setSize(content.length);
        return add(entry, content);
    }

    public TestTar link(String name, String target) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK, 0120777);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    public TestTar hardLink(String name, String target) {
        TarArchiveEntry entry = entry(name, TarConstants.LF_LINK, 0100644);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    /** A device, a pipe. */
    public TestTar special(String name, byte type) {
        return add(entry(name, type, 0644), new byte[0]);
    }

    private static TarArchiveEntry entry(String name, byte type, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(mode);
        entry.setIds(4711, 4711);
        entry.setModTime(0); // the same bytes each time
        return entry;
    }

    private TestTar add(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public byte[] bytes() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
