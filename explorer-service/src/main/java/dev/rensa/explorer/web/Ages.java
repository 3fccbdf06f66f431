package dev.rensa.explorer.web;

import java.util.concurrent.TimeUnit;

/** How long ago something was, seen from the moment at which a page is made. */
public final class Ages {

    private final long nowMillis;
    private final Texts texts;

    Ages(long nowMillis, Texts texts) {
        this.nowMillis = nowMillis;
        this.texts = texts;
    }

    /** The age in the largest unit that fits; a time in the future, from a clock ahead of ours, is just now. */
    public String of(long millis) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(nowMillis - millis);
        if (seconds < 1) {
            return texts.justNow();
        }
        if (seconds < 60) {
            return texts.secondsAgo(seconds);
        }
        if (seconds < 3_600) {
            return texts.minutesAgo(seconds / 60);
        }
        return seconds < 86_400 ? texts.hoursAgo(seconds / 3_600) : texts.daysAgo(seconds / 86_400);
    }
}
