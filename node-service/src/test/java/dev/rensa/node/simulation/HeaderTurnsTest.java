package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.peer.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is asked for headers, and when, among many who claim to have some. */
class HeaderTurnsTest {

    @Test
    void shouldAskAPeerThatItDialledHoweverMuchOthersClaim() {
        SimulatedNode node = new World(41).addNode(Mischief.NONE);
        List<ScriptedPeer> others = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            others.add(new ScriptedPeer(node, number, FalseClaims.of(node, 100)));
        }

        ScriptedPeer chosen = new ScriptedPeer(node, 6, FalseClaims.of(node, 1), true);

        assertThat(isAsked(chosen)).isTrue();
        assertThat(others.stream().filter(HeaderTurnsTest::isAsked)).hasSize(2);
    }

    @Test
    void shouldAskNextWhoHasWaitedLongest() {
        World world = new World(42);
        SimulatedNode node = world.addNode(Mischief.NONE);
        List<ScriptedPeer> quick = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            quick.add(new ScriptedPeer(node, number, FalseClaims.of(node, 1)));
        }
        assertThat(quick).allMatch(HeaderTurnsTest::isAsked);
        world.runFor(100);
        ScriptedPeer patient = new ScriptedPeer(node, 2, FalseClaims.of(node, 1));
        world.runFor(100);
        List<ScriptedPeer> loud = new ArrayList<>();
        for (int number = 3; number < 6; number++) {
            loud.add(new ScriptedPeer(node, number, FalseClaims.of(node, 100)));
        }
        assertThat(isAsked(patient)).isFalse();

        world.runFor(5_000);

        assertThat(isAsked(patient)).isTrue();
        assertThat(loud.stream().filter(HeaderTurnsTest::isAsked)).hasSize(1);
    }

    /** Whoever was asked and is waited for no more leaves, and comes back with another claim. */
    @Test
    void shouldCatchUpBehindClaimsThatTakeTurns() {
        World world = new World(43);
        world.addNodes(2);
        SimulatedNode ahead = world.nodes().getFirst();
        SimulatedNode behind = world.nodes().get(1);
        for (int block = 0; block < 50; block++) {
            ahead.mine();
        }
        ChainHead head = ahead.chain().head();
        FalseClaims claims = new FalseClaims(world, behind, head, 6);
        world.network().start();

        claims.takeTurnsFor(60_000);

        assertThat(behind.chain().head()).isEqualTo(head);
    }

    private static boolean isAsked(ScriptedPeer peer) {
        return !peer.heard(Message.GetHeaders.class).isEmpty();
    }
}
