package dev.crossarm.health;

import dev.crossarm.text.Mask;
import dev.crossarm.text.Printable;

/** Foreign text in a form that can be printed: one line, bounded, nothing a terminal would act on, no account in an address. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String text(String value) {
        return Printable.cut(Mask.FORMS.over(Printable.line(value.replaceAll("[\\t\\r\\n]", " "))), LONGEST);
    }
}
