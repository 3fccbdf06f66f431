package dev.rensa.node.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** Everything that happened in a run, as one number; the last lines in words, for whoever looks for a mistake. */
final class Trace {

    private static final int MAX_LINES = 400;
    private static final boolean PRINTED = Boolean.getBoolean("simulation.trace");

    private final Schedule schedule;
    private final Deque<String> lines = new ArrayDeque<>();
    private long hash = 0xcbf29ce484222325L;

    Trace(Schedule schedule) {
        this.schedule = schedule;
    }

    void add(String what) {
        String line = schedule.nowMillis() + " " + what;
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * 0x100000001b3L;
        }
        lines.add(line);
        if (lines.size() > MAX_LINES) {
            lines.remove();
        }
        if (PRINTED) {
            System.out.println(line);
        }
    }

    /** Equal for equal runs. */
    long hash() {
        return hash;
    }

    String tail() {
        return String.join("\n", lines);
    }
}
