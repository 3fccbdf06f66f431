package dev.rensa.wallet.access;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the log of what was ordered rests: lines are added and read, nothing else. */
public interface AuditStore {

    void add(AuditEntry entry);

    /** Makes one of all that the work writes on its thread: all of it is there, or nothing. */
    <T> T together(Supplier<T> work);

    /**
     * A page, newest first.
     *
     * @param before only older ones than this entry's id, when given
     * @param limit 1 to 1,000
     */
    List<AuditEntry> list(@Nullable String before, int limit);
}
