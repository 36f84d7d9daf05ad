package dev.crossarm.cli.display;

/** What a piece of text means to the reader, and the colour that stands for it. */
public enum Paint {
    GOOD("32"),
    CHANGED("36"),
    BAD("1;31"),
    WARNING("33"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    /** The text in this colour, or as it is when there are no colours. */
    public String on(String text, boolean colours) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
