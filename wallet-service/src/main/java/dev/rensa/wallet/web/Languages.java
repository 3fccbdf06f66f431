package dev.rensa.wallet.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that the page speaks. */
final class Languages {

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.JAPANESE);

    private Languages() {}

    /** The language that the address names, else the first of the browser's that the page speaks, else English. */
    static Locale choose(@Nullable String named, List<Locale> acceptable) {
        for (Locale language : SPOKEN) {
            if (language.getLanguage().equals(named)) {
                return language;
            }
        }
        return acceptable.stream()
                .flatMap(wanted -> SPOKEN.stream()
                        .filter(language -> language.getLanguage().equals(wanted.getLanguage())))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }
}
