package dev.rensa.node.chain;

import static dev.rensa.node.chain.TestNetwork.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.money.Amount;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The audit of a node that began from a snapshot: checkpoints lie at every seventh block. */
class JoinedChainAuditTest {
    private final InMemoryStorage storage = new InMemoryStorage();
    private OptionalLong began = OptionalLong.empty();

    @Test
    void shouldBeginAtTheBaseWhileEverythingAboveItCanBeUndone() {
        Chain chain = JoinedChain.of(storage, 100);

        assertThat(audit()).isEqualTo(StoredState.accounts(storage).size());
        assertThat(chain.baseHeight()).isEqualTo(28);
        assertThat(began).hasValue(28);
    }

    @Test
    void shouldBeginAtTheLowestCheckpointThatCanStillBeReached() {
        JoinedChain.of(storage, 13);

        assertThat(audit()).isEqualTo(StoredState.accounts(storage).size());
        assertThat(began).hasValue(35);
    }

    @Test
    void shouldSayThatNoHeaderCommitsToWhatCanBeReached() {
        JoinedChain.of(storage, 3);
        ChainAudit audit = newAudit();
        audit.checkHeaders();

        assertThat(audit.begin()).isEmpty();
    }

    @Test
    void shouldFindAnAlteredAccountByTheStateRootThatAHeaderCommitsTo() {
        JoinedChain.of(storage, 100);
        storage.commit(new StorageBatch()
                .put(Column.ACCOUNTS, account(4_711).toBytes(), Records.encode(new Account(Amount.ofMon(1), 0))));

        assertThatThrownBy(this::audit).hasMessageContaining("do not lead to the state root that a header commits to");
    }

    @Test
    void shouldFindABodyOfAnotherBlockBelowTheCheckpointThatItBeginsAt() {
        Chain chain = JoinedChain.of(storage, 13);
        Block block = chain.canonicalHash(30).flatMap(chain::block).orElseThrow();
        storage.commit(new StorageBatch()
                .put(Column.BODIES, block.hash().toBytes(), Records.encodeBody(new Block(block.header(), List.of()))));

        assertThatThrownBy(this::audit).hasMessageContaining("the body of block 30");
    }

    @Test
    void shouldFindAMissingUndoRecord() {
        Chain chain = JoinedChain.of(storage, 100);
        storage.commit(new StorageBatch()
                .delete(Column.UNDO, chain.canonicalHash(40).orElseThrow().toBytes()));

        assertThatThrownBy(this::audit).hasMessageContaining("block 40 cannot be undone");
    }

    private ChainAudit newAudit() {
        return new ChainAudit(BusyNode.genesis(), storage, new InMemoryStorage(), (step, done, expected) -> {});
    }

    private long audit() {
        ChainAudit audit = newAudit();
        audit.checkHeaders();
        began = audit.begin();
        for (long height = audit.baseHeight() + 1; height <= audit.headHeight(); height++) {
            audit.replay(audit.block(height));
        }
        return audit.compare();
    }
}
