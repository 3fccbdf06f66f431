package dev.rensa.network.demo;

import dev.rensa.network.client.NodeClient;
import dev.rensa.network.client.WalletClient;
import dev.rensa.network.process.NetworkSettings;
import dev.rensa.network.process.RensaScript;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plays the story against the network that runs; {@code ./rensa demo} starts it. */
public final class Demo {
    private Demo() {}

    /**
     * Exits with 0 if every step held, with 1 otherwise.
     *
     * @param arguments path of the script, and of the settings that {@code ./rensa up} wrote
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(play(Path.of(arguments[0]), Path.of(arguments[1]), out) ? 0 : 1);
    }

    private static boolean play(Path script, Path settingsFile, PrintStream out) {
        NetworkSettings settings = NetworkSettings.read(settingsFile);
        RensaScript rensa = RensaScript.at(script);
        Narrator narrator = new Narrator(out);
        try {
            TransferStory story =
                    new TransferStory(nodesOf(settings), new WalletClient(settings.wallet()), rensa, narrator);
            try {
                narrator.tell(story.steps());
            } finally {
                story.tidyUp();
            }
            out.printf("%nEvery step held. Look around: %s%n", settings.explorer());
            return true;
        } catch (StoryBrokenException e) {
            out.printf("%nThis step does not hold: %s.%n", e.getMessage());
            out.printf("./rensa status and ./rensa logs may say more; ./rensa up starts again what is down.%n");
            return false;
        }
    }

    private static List<NodeClient> nodesOf(NetworkSettings settings) {
        List<NodeClient> nodes = new ArrayList<>();
        for (int index = 0; index < settings.nodes().size(); index++) {
            nodes.add(new NodeClient(
                    NetworkSettings.nodeName(index), settings.nodes().get(index)));
        }
        return nodes;
    }
}
