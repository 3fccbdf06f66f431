package dev.rensa.network.status;

import dev.rensa.network.client.NodeClient;
import dev.rensa.network.client.RefusedException;
import dev.rensa.network.client.UnansweredException;
import dev.rensa.network.process.NetworkSettings;
import dev.rensa.protocol.api.StatusView;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints where each node of the running network stands, and whether they agree. */
public final class Status {
    private Status() {}

    /**
     * Prints one line a node, then the verdict.
     *
     * @param arguments path of the settings that {@code ./rensa up} wrote
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<StatusView> answers = new ArrayList<>();
        List<URI> nodes = NetworkSettings.read(Path.of(arguments[0])).nodes();
        for (int index = 0; index < nodes.size(); index++) {
            String name = NetworkSettings.nodeName(index);
            try {
                StatusView status = new NodeClient(name, nodes.get(index)).status();
                answers.add(status);
                out.printf("  %-10s %s%n", name, line(status));
            } catch (UnansweredException e) {
                out.printf("  %-10s does not answer%n", name);
            } catch (RefusedException e) {
                out.printf("  %-10s answers with an error: %s%n", name, e.getMessage());
            }
        }
        out.printf("%n  %s%n", verdict(answers));
    }

    private static String line(StatusView status) {
        return "height %d  tip %s…  %d peers  %d in the mempool  %s"
                .formatted(
                        status.height(),
                        status.tip().substring(0, 16),
                        status.peers(),
                        status.mempoolTransactions(),
                        status.mining().running() ? "mines" : "does not mine");
    }

    /** What the answers say together; nodes on the way to the same tip differ for a moment, so this is no alarm. */
    static String verdict(List<StatusView> answers) {
        long tips = answers.stream().map(StatusView::tip).distinct().count();
        if (tips == 0) {
            return "No node answers.";
        }
        return tips == 1
                ? "All nodes that answer agree on the same tip."
                : "The nodes that answer stand on %d different tips. If that lasts, look at their peers."
                        .formatted(tips);
    }
}
