package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An audit passes what a life with reorganisations leaves behind, and finds whatever is altered in it. */
class ChainAuditTest {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;

    private final RandomTree tree = new RandomTree(20_261_121, 60, 4);
    private final InMemoryStorage storage = new InMemoryStorage();
    private Chain chain;
    private Block head;

    @BeforeEach
    void live() {
        chain = Chain.open(tree.network().genesis(), storage, 1_000);
        tree.blocks().forEach(block -> chain.acceptBlock(block, NOW));
        head = chain.block(chain.head().hash()).orElseThrow();
    }

    @Test
    void shouldPassWhatALifeWithReorganisationsLeavesBehind() {
        List<String> steps = new ArrayList<>();

        audit(storage, (step, done, expected) -> steps.add(step));

        assertThat(steps).contains("headers", "blocks", "entries of accounts", "entries of positions");
    }

    @Test
    void shouldPassAChainThatKeepsOnlyTheLastUndoRecords() {
        InMemoryStorage shallow = new InMemoryStorage();
        Chain kept = Chain.open(tree.network().genesis(), shallow, 2);
        for (long height = 1; height <= head.height(); height++) {
            BlockHash hash = chain.canonicalHash(height).orElseThrow();
            kept.acceptBlock(chain.block(hash).orElseThrow(), NOW);
        }
        byte[] first = chain.canonicalHash(1).orElseThrow().toBytes();
        assertThat(shallow.get(Column.UNDO, first)).isNull();

        assertThatCode(() -> audit(shallow, (step, done, expected) -> {})).doesNotThrowAnyException();
    }

    /** An import that was prepared up to a higher block, and then undone or installed at a lower one. */
    @Test
    void shouldPassWhatAnImportThatWasGivenUpLeavesAboveTheHead() {
        storage.commit(new StorageBatch().put(Column.CANONICAL, Records.height(head.height() + 1), headKey()));

        assertThatCode(() -> audit(storage, (step, done, expected) -> {})).doesNotThrowAnyException();
    }

    @Test
    void shouldPassAnInvalidBranch() {
        Block tip = tree.blocks().stream()
                .filter(block -> !isCanonical(block))
                .max(Comparator.comparingLong(Block::height))
                .orElseThrow();

        chain.invalidate(tip.hash(), new Rejection(RejectionReason.INVALID_SIGNATURE, "for the test"));

        assertThatCode(() -> audit(storage, (step, done, expected) -> {})).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnotherNetwork() {
        TestNetwork other = TestNetwork.ofAccounts(1, 5);

        assertThatThrownBy(() ->
                        new ChainAudit(other.genesis(), storage, new InMemoryStorage(), (step, done, expected) -> {}))
                .hasMessageContaining(chain.networkHash().toHex())
                .hasMessageContaining(other.networkHash().toHex());
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void shouldFindWhatIsDamaged(Damage damage) {
        StorageBatch batch = new StorageBatch();
        damage.alter(this, batch);
        storage.commit(batch);

        assertThatThrownBy(() -> audit(storage, (step, done, expected) -> {}))
                .as(damage.name())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(damage.sentence);
    }

    private static long audit(ChainStorage storage, AuditProgress progress, RandomTree tree) {
        ChainAudit audit = new ChainAudit(tree.network().genesis(), storage, new InMemoryStorage(), progress);
        audit.checkHeaders();
        assertThat(audit.begin()).hasValue(0);
        for (long height = 1; height <= audit.headHeight(); height++) {
            audit.replay(audit.block(height));
        }
        return audit.compare();
    }

    private void audit(ChainStorage audited, AuditProgress progress) {
        assertThat(audit(audited, progress, tree))
                .isEqualTo(StoredState.accounts(storage).size());
    }

    private boolean isCanonical(Block block) {
        return chain.canonicalHash(block.height()).filter(block.hash()::equals).isPresent();
    }

    private byte[] headKey() {
        return head.hash().toBytes();
    }

    private HeaderRecord record(BlockHash hash) {
        return Records.decodeHeader(hash, storage.get(Column.HEADERS, hash.toBytes()));
    }

    private Block fork() {
        return tree.blocks().stream()
                .filter(block -> !isCanonical(block)
                        && !block.transactions().isEmpty()
                        && record(block.hash()).hasBody())
                .findFirst()
                .orElseThrow();
    }

    enum Damage {
        NO_HEAD("names no head") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.delete(Column.META, Ledger.HEAD_KEY);
            }
        },
        HEAD_ELSEWHERE("the head is said to be") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                Block fork = test.tree.blocks().stream()
                        .filter(block -> !test.isCanonical(block) && block.height() < test.head.height())
                        .findFirst()
                        .orElseThrow();
                batch.put(Column.META, Ledger.HEAD_KEY, fork.hash().toBytes());
            }
        },
        HEADER_MISSING("is missing") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.delete(
                        Column.HEADERS,
                        test.chain.canonicalHash(3).orElseThrow().toBytes());
            }
        },
        HEADER_OF_ANOTHER("has the hash") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                BlockHash other = test.chain.canonicalHash(3).orElseThrow();
                batch.put(Column.HEADERS, test.headKey(), Records.encode(test.record(other)));
            }
        },
        WORK("cumulative work") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                HeaderRecord record = test.record(test.fork().hash());
                BlockEntry entry = new BlockEntry(
                        record.hash(), record.header(), record.work().plus(new Work(BigInteger.ONE)), record.state());
                batch.put(
                        Column.HEADERS,
                        record.hash().toBytes(),
                        Records.encode(new HeaderRecord(entry, record.anchorTimestampMillis(), record.complete())));
            }
        },
        STATE("not marked as connected") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                HeaderRecord record = test.record(test.head.hash());
                batch.put(Column.HEADERS, test.headKey(), Records.encode(record.with(BlockState.BODY_STORED, true)));
            }
        },
        CHILD("index of children") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.delete(Column.CHILDREN, Records.child(test.head.header().parent(), test.head.hash()));
            }
        },
        BEST_BRANCH("the branch of the best header has no block at height 2") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.delete(Column.BEST_HEADERS, Records.height(2));
            }
        },
        CANONICAL_GAP("the canonical chain has no block at height 2") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.delete(Column.CANONICAL, Records.height(2));
            }
        },
        BODY_MISSING("the body of block") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.delete(
                        Column.BODIES, test.chain.canonicalHash(4).orElseThrow().toBytes());
            }
        },
        BODY_OF_ANOTHER("breaks a rule: wrong-transactions-root") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                Block block = test.tree.blocks().stream()
                        .filter(some ->
                                test.isCanonical(some) && !some.transactions().isEmpty())
                        .findFirst()
                        .orElseThrow();
                batch.put(
                        Column.BODIES,
                        block.hash().toBytes(),
                        Records.encodeBody(new Block(block.header(), List.of())));
            }
        },
        BODY_OF_A_FORK("is another one's") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                Block fork = test.fork();
                batch.put(
                        Column.BODIES, fork.hash().toBytes(), Records.encodeBody(new Block(fork.header(), List.of())));
            }
        },
        UNDO_MISSING("cannot be undone") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.delete(Column.UNDO, test.headKey());
            }
        },
        UNDO_OF_ANOTHER("would be undone to other accounts") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.put(
                        Column.UNDO,
                        test.headKey(),
                        Records.encodeUndo(
                                List.of(new Records.Prior(TestNetwork.account(77), new Account(Amount.ofMon(1), 1)))));
            }
        },
        BALANCE("the table of accounts is not what the blocks lead to") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.put(
                        Column.ACCOUNTS,
                        TestNetwork.account(0).toBytes(),
                        Records.encode(new Account(Amount.ofMon(1), 0)));
            }
        },
        ACCOUNT_FROM_NOWHERE("is too many") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.put(
                        Column.ACCOUNTS,
                        TestNetwork.account(4_711).toBytes(),
                        Records.encode(new Account(Amount.ofMon(1), 0)));
            }
        },
        POSITION_MISSING("the index of transactions is not what the blocks lead to") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                test.storage.scan(Column.POSITIONS, new byte[0], null, (key, value) -> {
                    if (batch.isEmpty()) {
                        batch.delete(Column.POSITIONS, key);
                    }
                });
            }
        },
        BUCKET_ROOT("the table of bucket roots is not what the accounts lead to") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                BucketRoots roots = BucketTable.load(test.storage).roots();
                BucketTable.stagePages(
                        roots, roots.with(Map.of(4_711, test.head.header().transactionsRoot())), batch);
            }
        },
        STATE_ROOT("the table of state roots is not what the blocks lead to") {
            @Override
            void alter(ChainAuditTest test, StorageBatch batch) {
                batch.put(
                        Column.STATE_ROOTS,
                        test.chain.canonicalHash(4).orElseThrow().toBytes(),
                        Hash.ZERO.toBytes());
            }
        };

        private final String sentence;

        Damage(String sentence) {
            this.sentence = sentence;
        }

        abstract void alter(ChainAuditTest test, StorageBatch batch);
    }
}
