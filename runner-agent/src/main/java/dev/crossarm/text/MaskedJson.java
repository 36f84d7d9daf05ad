package dev.crossarm.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.io.Reader;

/** Writes JSON whose every text is masked. Masked as values and before they are escaped, so it stays JSON. */
public final class MaskedJson extends JsonGeneratorDelegate {
    private final Mask mask;

    public MaskedJson(JsonGenerator generator, Mask mask) {
        super(generator, false);
        this.mask = mask;
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        super.writeFieldName(mask.over(name));
    }

    @Override
    public void writeFieldName(SerializableString name) throws IOException {
        writeFieldName(name.getValue());
    }

    @Override
    public void writeString(String text) throws IOException {
        super.writeString(mask.over(text));
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length));
    }

    @Override
    public void writeString(SerializableString text) throws IOException {
        writeString(text.getValue());
    }

    @Override
    public void writeString(Reader reader, int length) throws IOException {
        throw new UnsupportedOperationException("nothing is written from a reader");
    }
}
