package dev.rensa.wallet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesTest {

    private final FakeChain main = FakeChain.development();
    private final FakeNode first = new FakeNode("http://first", main);
    private final FakeNode second = new FakeNode("http://second", main);

    @Test
    void shouldAskTheNextNodeWhenOneFails() {
        main.mine(3);
        Nodes nodes = nodes(first, second);
        first.setDown(true);

        String asked = nodes.ask(node -> {
            node.status();
            return node.url();
        });

        assertThat(asked).isEqualTo("http://second");
        assertThat(nodes.usable()).extracting(Node::url).containsExactly("http://second");
        assertThat(stateOf(nodes, "http://first")).isEqualTo(NodeState.UNREACHABLE);
        first.setDown(false);
        nodes.refresh();
        assertThat(nodes.usable()).hasSize(2);
    }

    @Test
    void shouldBringATransactionToSeveralNodesAndToFurtherOnesWhenSomeFail() {
        FakeNode third = new FakeNode("http://third", main);
        Nodes nodes = nodes(first, second, third);

        assertThat(nodes.askSeveral(Node::url)).hasSize(Nodes.SUBMISSION_COPIES);
        first.setDown(true);
        assertThat(nodes.askSeveral(node -> node.status().name()))
                .containsExactlyInAnyOrder("http://second", "http://third");
    }

    @Test
    void shouldLeaveOutANodeThatLagsAndSayByHowMuch() {
        FakeChain behind = FakeChain.development();
        main.mine(20);
        behind.mine(10);
        Nodes nodes = nodes(new FakeNode("http://slow", behind), first);

        assertThat(stateOf(nodes, "http://slow")).isEqualTo(NodeState.LAGGING);
        assertThat(healthOf(nodes, "http://slow").reason()).contains("the work of 10 blocks", "http://first");
        behind.mine(7);
        nodes.refresh();
        assertThat(stateOf(nodes, "http://slow")).isEqualTo(NodeState.IN_USE);
        assertThat(nodes.usable()).extracting(Node::url).containsExactly("http://first", "http://slow");
    }

    @Test
    void shouldLeaveOutALongerBranchThatHasLessWork() {
        FakeChain easy = FakeChain.development();
        main.mine(20);
        main.addWork(50_000);
        easy.part();
        easy.mine(40);
        Nodes nodes = nodes(new FakeNode("http://easy", easy), first);

        assertThat(stateOf(nodes, "http://easy")).isEqualTo(NodeState.OTHER_BRANCH);
        assertThat(nodes.ask(Node::url)).isEqualTo("http://first");
    }

    @Test
    void shouldLeaveOutABranchThatPartedLongAgoThoughItsWorkIsAlmostEqual() {
        FakeChain minority = FakeChain.development();
        minority.part();
        minority.mine(19);
        main.mine(20);
        Nodes nodes = nodes(new FakeNode("http://minority", minority), first);

        assertThat(stateOf(nodes, "http://minority")).isEqualTo(NodeState.OTHER_BRANCH);
        assertThat(healthOf(nodes, "http://minority").reason()).contains("another branch");
    }

    @Test
    void shouldBearThatNodesPartForAFewBlocks() {
        FakeChain other = FakeChain.development();
        main.mine(20);
        other.mine(18);
        other.part();
        other.mine(2);
        main.mine();
        Nodes nodes = nodes(new FakeNode("http://other", other), first);

        assertThat(nodes.usable()).extracting(Node::url).containsExactly("http://first", "http://other");
    }

    @Test
    void shouldKeepToTheNetworkThatItServes() {
        FakeNode foreign = new FakeNode("http://foreign", new FakeChain(foreignGenesis()));
        Nodes nodes = nodes(first, foreign);

        assertThat(stateOf(nodes, "http://foreign")).isEqualTo(NodeState.OTHER_NETWORK);
        assertThat(nodes.network().orElseThrow().hash()).isEqualTo(main.network());
        first.setDown(true);
        nodes.refresh();
        assertThat(nodes.network().orElseThrow().hash())
                .isEqualTo(foreignGenesis().networkHash());
    }

    @Test
    void shouldRefuseTheDevelopmentNetworkInProductionAndSayWhyNobodyIsAsked() {
        Nodes nodes = new Nodes(List.of(first), new NodesPolicy(true, null), Clock.systemUTC());
        nodes.refresh();

        assertThatThrownBy(() -> nodes.ask(Node::status))
                .isInstanceOf(NodeUnavailableException.class)
                .hasMessageContaining("rensa.production");
    }

    @Test
    void shouldCountANodeOnceThatAnswersAtTwoAddresses() {
        Nodes nodes = nodes(first, new FakeNode("http://first-by-another-name", "http://first", main), second);

        assertThat(nodes.usable()).extracting(Node::url).containsExactly("http://first", "http://second");
        assertThat(stateOf(nodes, "http://first-by-another-name")).isEqualTo(NodeState.SAME_NODE);
    }

    @Test
    void shouldFollowNodesThatComeAndGo() {
        List<Node> present = new ArrayList<>(List.of(first));
        Nodes nodes = new Nodes(() -> present, new NodesPolicy(false, null), Clock.systemUTC());
        nodes.refresh();

        present.add(second);
        nodes.refresh();
        assertThat(nodes.usable()).hasSize(2);
        present.remove(first);
        nodes.refresh();
        assertThat(nodes.health()).extracting(NodeHealth::url).containsExactly("http://second");
    }

    private static Nodes nodes(FakeNode... all) {
        Nodes nodes = new Nodes(List.of(all), new NodesPolicy(false, null), Clock.systemUTC());
        nodes.refresh();
        return nodes;
    }

    private static NodeState stateOf(Nodes nodes, String url) {
        return healthOf(nodes, url).state();
    }

    private static NodeHealth healthOf(Nodes nodes, String url) {
        return nodes.health().stream()
                .filter(each -> each.url().equals(url))
                .findFirst()
                .orElseThrow();
    }

    private static Genesis foreignGenesis() {
        Genesis ours = DevelopmentGenesis.get();
        return new Genesis(
                "another network",
                ours.addressPrefix(),
                ours.coinSymbol(),
                ours.timestampMillis(),
                ours.easiestTarget(),
                ours.initialTarget(),
                ours.retargeting(),
                ours.spacingMillis(),
                ours.halfLifeMillis(),
                ours.subsidy(),
                ours.halvingInterval(),
                ours.checkpointInterval(),
                ours.maxBlockBytes(),
                ours.minimumFee(),
                List.of());
    }
}
