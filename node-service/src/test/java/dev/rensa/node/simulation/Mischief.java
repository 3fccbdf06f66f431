package dev.rensa.node.simulation;

import dev.rensa.node.peer.EncodedBodies;
import dev.rensa.node.peer.Message;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What a node makes of its messages before it sends them. */
interface Mischief {

    Mischief NONE = new Mischief() {
        @Override
        public Optional<Message> alter(Message message) {
            return Optional.of(message);
        }

        @Override
        public boolean isNone() {
            return true;
        }
    };

    /** What is sent instead; empty if nothing is. */
    Optional<Message> alter(Message message);

    /** Whether it does none. */
    default boolean isNone() {
        return false;
    }

    /** What is sent behind a message, though nobody needs it. */
    default List<Message> besides(Message message) {
        return List.of();
    }

    /** Whether it breaks the connection off, now that it has sent something. */
    default boolean hangsUp() {
        return false;
    }

    /** Whether it has another key on each connection. */
    default boolean changesName() {
        return false;
    }

    /** Both at once, for two that alter messages and do nothing else. */
    default Mischief and(Mischief other) {
        return message -> alter(message).flatMap(other::alter);
    }

    /** How much longer than others its messages take. */
    default long delayMillis() {
        return 0;
    }

    /** What it claims to have worked, given what it has. */
    default Work claim(Work work) {
        return work;
    }

    /** Whether it puts transactions into its blocks that nobody signed. */
    default boolean minesForgeries() {
        return false;
    }

    /** Answers nothing, but goes on telling what it has. */
    static Mischief stalling() {
        return message -> switch (message) {
            case Message.Headers _,
                    Message.Bodies _,
                    Message.BlockTransactions _,
                    Message.Transactions _,
                    Message.TransactionsGone _ -> Optional.empty();
            default -> Optional.of(message);
        };
    }

    /** Gives some answers with bodies and then none any more, as one does whose disk or mind has gone. */
    static Mischief stallingAfter(int answers) {
        AtomicInteger left = new AtomicInteger(answers);
        return message -> message instanceof Message.Bodies && left.getAndDecrement() <= 0
                ? Optional.empty()
                : Optional.of(message);
    }

    /** Answers everything, seconds later. */
    static Mischief slow(Random random) {
        return new Mischief() {
            @Override
            public Optional<Message> alter(Message message) {
                return Optional.of(message);
            }

            @Override
            public long delayMillis() {
                return 1_000L + random.nextInt(6_000);
            }
        };
    }

    /** Sends bodies with a transaction too few or twice, and no compact blocks, so that it is asked for bodies. */
    static Mischief wrongBodies() {
        return message -> Optional.of(
                switch (message) {
                    case Message.Bodies answer ->
                        new Message.Bodies(answer.bodies().stream()
                                .map(body -> EncodedBodies.of(body.block(), mangle(EncodedBodies.transactions(body))))
                                .toList());
                    case Message.CompactBlock block -> tipOf(block);
                    default -> message;
                });
    }

    /** Sends compact blocks whose short ids name nothing, so that it is asked for all of their transactions. */
    static Mischief wrongCompactBlocks() {
        return message -> Optional.of(
                message instanceof Message.CompactBlock block
                        ? new Message.CompactBlock(
                                block.header(), block.work(), block.salt() + 1, block.ids(), block.prefilled())
                        : message);
    }

    private static Message tipOf(Message.CompactBlock block) {
        return new Message.AnnounceTip(block.header(), block.work());
    }

    private static List<Transaction> mangle(List<Transaction> transactions) {
        return transactions.isEmpty() ? transactions : transactions.subList(1, transactions.size());
    }

    /** Has headers and gives no body away. */
    static Mischief withholding() {
        return message -> Optional.of(
                switch (message) {
                    case Message.Bodies _ -> new Message.Bodies(List.of());
                    case Message.CompactBlock block -> tipOf(block);
                    default -> message;
                });
    }

    /** Sends headers that nobody worked for. */
    static Mischief worthlessHeaders() {
        return message -> Optional.of(
                message instanceof Message.Headers answer && !answer.headers().isEmpty()
                        ? new Message.Headers(answer.headers().stream()
                                .map(Mischief::withoutWork)
                                .toList())
                        : message);
    }

    private static BlockHeader withoutWork(BlockHeader header) {
        BlockHeader worthless = header;
        while (worthless.target().isMetBy(worthless.hash())) {
            worthless = worthless.withNonce(worthless.nonce() + 1);
        }
        return worthless;
    }

    /** Claims a thousand times the work it has, for tips that nobody knows. */
    static Mischief boasting() {
        return new Mischief() {
            @Override
            public Optional<Message> alter(Message message) {
                return Optional.of(
                        switch (message) {
                            case Message.AnnounceTip(BlockHeader header, Work work) -> boast(header, work);
                            case Message.CompactBlock block -> boast(block.header(), block.work());
                            default -> message;
                        });
            }

            private Message boast(BlockHeader header, Work work) {
                BlockHeader invented = new BlockHeader(
                        header.height() + 1_000,
                        header.hash(),
                        header.transactionsRoot(),
                        header.stateRoot(),
                        header.timestampMillis(),
                        header.target(),
                        header.miner(),
                        header.nonce());
                return new Message.AnnounceTip(invented, claim(work));
            }

            @Override
            public Work claim(Work work) {
                return new Work(work.value().add(BigInteger.ONE).multiply(BigInteger.valueOf(1_000)));
            }
        };
    }

    /** Relays transactions with the last bit of the signature turned. */
    static Mischief forgedTransactions() {
        return message -> Optional.of(
                message instanceof Message.Transactions sent
                        ? new Message.Transactions(sent.transactions().stream()
                                .map(Mischief::forge)
                                .toList())
                        : message);
    }

    /** Mines blocks with forged transactions and defends them. */
    static Mischief forgedBlocks() {
        return new Mischief() {
            @Override
            public Optional<Message> alter(Message message) {
                return Optional.of(message);
            }

            @Override
            public boolean minesForgeries() {
                return true;
            }
        };
    }

    /** Answers questions for bucket roots with those of another state. */
    static Mischief falseRoots() {
        return message -> Optional.of(
                message instanceof Message.StateRoots answer && !answer.pages().isEmpty()
                        ? new Message.StateRoots(
                                answer.block(),
                                BucketRoots.EMPTY.pages().stream()
                                        .map(ByteBuffer::wrap)
                                        .toList())
                        : message);
    }

    /** Gives every account one mon more. */
    static Mischief falseAccounts() {
        return message -> Optional.of(
                message instanceof Message.StateChunk answer
                        ? new Message.StateChunk(
                                answer.block(),
                                answer.first(),
                                answer.buckets().stream().map(Mischief::enrich).toList(),
                                answer.part(),
                                answer.partRoots())
                        : message);
    }

    private static StateBucket enrich(StateBucket bucket) {
        return new StateBucket(bucket.accounts().stream()
                .map(account ->
                        new AccountState(account.key(), account.balance().plus(Amount.ofMon(1)), account.nextNonce()))
                .toList());
    }

    /** Says that it keeps no state. */
    static Mischief withholdingStates() {
        return message -> Optional.of(
                switch (message) {
                    case Message.StateRoots answer -> new Message.StateRoots(answer.block(), List.of());
                    case Message.StateChunk answer -> new Message.StateChunk(answer.block(), answer.first(), List.of());
                    default -> message;
                });
    }

    /** Proves what state it has, and never gives an account away. */
    static Mischief silentAboutAccounts() {
        return message -> message instanceof Message.StateChunk ? Optional.empty() : Optional.of(message);
    }

    static Transaction forge(Transaction transaction) {
        byte[] bytes = transaction.toBytes();
        bytes[bytes.length - 1] ^= 1;
        return Transaction.decode(bytes);
    }
}
