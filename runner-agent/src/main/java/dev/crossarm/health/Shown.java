package dev.crossarm.health;

import dev.crossarm.text.Mask;

/** Foreign text in a form that can be printed: one line, bounded, nothing a terminal would act on, no account in an address. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String text(String value) {
        String safe = Mask.FORMS.over(value.replaceAll("\\p{Cntrl}", " "));
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + " …";
    }
}
