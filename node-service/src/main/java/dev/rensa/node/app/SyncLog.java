package dev.rensa.node.app;

import dev.rensa.node.peer.Timers;
import dev.rensa.node.sync.SyncProgress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One line now and then while the node catches up, and one when it has. Writer thread only. */
final class SyncLog {

    private static final long PAUSE_MILLIS = 10_000;

    /** Fewer blocks than this are not worth a line. */
    private static final long FAR_BLOCKS = 100;

    private static final Logger LOG = Logger.getLogger(SyncLog.class);

    private final Timers timers;
    private final Supplier<SyncProgress> progress;
    private boolean catchingUp;
    private boolean withheld;

    SyncLog(Timers timers, Supplier<SyncProgress> progress) {
        this.timers = timers;
        this.progress = progress;
    }

    void begin() {
        timers.after(PAUSE_MILLIS, this::look);
    }

    private void look() {
        begin();
        SyncProgress now = progress.get();
        tellWithheld(now);
        if (now.targetHeight() - now.height() > FAR_BLOCKS) {
            catchingUp = true;
            LOG.infof(
                    "Catching up: height %d of %d, headers to %d, %d transactions a second, %s left",
                    now.height(),
                    now.targetHeight(),
                    now.headerHeight(),
                    now.transactionsPerSecond(),
                    now.remainingMillis().isPresent()
                            ? duration(now.remainingMillis().getAsLong())
                            : "an unknown time");
        } else if (catchingUp && now.ready()) {
            catchingUp = false;
            LOG.infof("Caught up at height %d", now.height());
        }
    }

    private void tellWithheld(SyncProgress now) {
        if (now.withheld() && !withheld) {
            LOG.warnf(
                    "Headers up to height %d have more work, and nobody gives their blocks: the node goes on at height %d",
                    now.headerHeight(), now.height());
        }
        withheld = now.withheld();
    }

    private static String duration(long millis) {
        Duration left = Duration.ofMillis(millis);
        return left.toHours() > 0
                ? "%d h %d min".formatted(left.toHours(), left.toMinutesPart())
                : "%d min %d s".formatted(left.toMinutes(), left.toSecondsPart());
    }
}
