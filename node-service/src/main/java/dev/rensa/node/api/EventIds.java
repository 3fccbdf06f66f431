package dev.rensa.node.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of events, {@code epoch-number}: the number rises by one with each event, the epoch is another one at each start. */
final class EventIds {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    /**
     * Where an id points.
     *
     * @param number the event's; 0 unless it is of this start
     * @param reason why no stream can go on from there; empty when it is of this start
     */
    record Position(long number, String reason) {

        boolean isOfThisStart() {
            return reason.isEmpty();
        }
    }

    private final long epoch;

    EventIds(long epoch) {
        this.epoch = epoch;
    }

    String of(long number) {
        return epoch + "-" + number;
    }

    Position parse(String id) {
        Matcher matcher = FORM.matcher(id);
        if (!matcher.matches()) {
            return new Position(0, "unknown-id");
        }
        return Long.parseLong(matcher.group(1)) == epoch
                ? new Position(Long.parseLong(matcher.group(2)), "")
                : new Position(0, "restarted");
    }
}
