package dev.crossarm.elf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Says what a file that is not ELF looks like, so that a mix-up is seen at once. */
final class FileMagic {

    private FileMagic() {}

    static String guess(byte[] start, int length) {
        if (length == 0) {
            return "it is empty";
        }
        String text = new String(start, 0, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("#!")) {
            return "it is a script";
        } else if (text.startsWith("!<arch>")) {
            return "it is an archive of object files (a static library)";
        } else if (text.startsWith("!<thin>")) {
            return "it is a thin archive of object files";
        } else if (text.startsWith("MZ")) {
            return "it is a Windows program";
        } else if (text.startsWith("PK\003\004")) {
            return "it is a zip archive";
        } else if (text.startsWith("\0asm")) {
            return "it is WebAssembly";
        } else if (text.startsWith("\u00cf\u00fa\u00ed\u00fe") || text.startsWith("\u00ca\u00fe\u00ba\u00be")) {
            return "it is a macOS program";
        } else if (text.startsWith("\u001f\u008b")) {
            return "it is compressed with gzip";
        }
        return "it begins with the bytes " + HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(length, 8));
    }
}
