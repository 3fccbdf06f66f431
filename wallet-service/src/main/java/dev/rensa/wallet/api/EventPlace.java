package dev.rensa.wallet.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log of all transfers, as the ids of events name it: {@code EPOCH-SEQUENCE}. A wallet that was restored from a
 * backup uses numbers again that its former self gave to other steps, so it has another epoch.
 *
 * @param epoch null where only the number is given
 * @param sequence the last number that was seen
 */
record EventPlace(@Nullable Long epoch, long sequence) {

    private static final EventPlace NOWHERE = new EventPlace(null, -1);

    private static final Pattern FORM = Pattern.compile("(?:([0-9]{1,18})-)?([0-9]{1,18})");

    /** Reads an id, or a number alone; what is neither is a place in no log. */
    static EventPlace of(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return NOWHERE;
        }
        String epoch = parts.group(1);
        return new EventPlace(epoch == null ? null : Long.parseLong(epoch), Long.parseLong(parts.group(2)));
    }

    /** Whether the log that stands there now has it. */
    boolean isWithin(EventPlace now) {
        return sequence >= 0 && sequence <= now.sequence && (epoch == null || epoch.equals(now.epoch));
    }

    /** Another place of the same log. */
    EventPlace at(long other) {
        return new EventPlace(epoch, other);
    }

    /** The id. */
    @Override
    public String toString() {
        return epoch + "-" + sequence;
    }
}
