package dev.rensa.wallet.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The languages that the page speaks. */
final class Languages {

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.JAPANESE);

    private Languages() {}

    /**
     * The language that the address names, else the one chosen before, else the first of the browser's that the page speaks,
     * else English.
     */
    static Locale choose(@Nullable String named, @Nullable String kept, List<Locale> acceptable) {
        return find(named).or(() -> find(kept)).orElseGet(() -> first(acceptable));
    }

    /** The language of that code, if the page speaks it. */
    static Optional<Locale> find(@Nullable String code) {
        return SPOKEN.stream()
                .filter(language -> language.getLanguage().equals(code))
                .findFirst();
    }

    private static Locale first(List<Locale> acceptable) {
        return acceptable.stream()
                .flatMap(wanted -> find(wanted.getLanguage()).stream())
                .findFirst()
                .orElse(Locale.ENGLISH);
    }
}
