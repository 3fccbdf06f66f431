package dev.rensa.explorer.app;

import dev.rensa.explorer.api.LiveNetwork;
import dev.rensa.explorer.history.Recorder;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.tree.TreeKeeper;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Brings what was seen to the database, and takes what is too old from there; a database that fails is told of once. */
@Singleton
class HistoryKeeper {

    private static final Logger LOG = Logger.getLogger(HistoryKeeper.class);

    private final Recorder recorder;
    private final LiveNetwork live;
    private final TreeKeeper tree;
    private boolean failing;

    HistoryKeeper(Recorder recorder, LiveNetwork live, TreeKeeper tree) {
        this.recorder = recorder;
        this.live = live;
        this.tree = tree;
    }

    synchronized void write() {
        attempt(recorder::write);
    }

    /** All that waits, for a stop. */
    synchronized void writeAll() {
        attempt(recorder::writeAll);
    }

    synchronized void keyframe() {
        live.keyframe(tree.agreement());
        attempt(recorder::forget);
    }

    private void attempt(Runnable work) {
        try {
            work.run();
            failing = false;
        } catch (IndexStoreException e) {
            if (!failing) {
                LOG.error("What was seen could not be kept; it waits, as far as there is room", e);
                failing = true;
            }
        }
    }
}
