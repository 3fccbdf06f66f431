package dev.rensa.node.simulation;

import dev.rensa.node.peer.EncodedBody;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.state.StateBucket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Mischief that lies in the amount: more messages, more connections and longer answers than anybody needs. */
final class Floods {

    /** What comes on top of a message that sets it off. */
    private static final int BURST = 30;

    /** How often a message sets a burst off: often enough to be felt, seldom enough for a run to end. */
    private static final double SHARE = 0.05;

    /** All of them, each for a node of its own. */
    static final List<Function<Random, Mischief>> ALL = List.of(
            Floods::ofQuestions,
            Floods::ofAnswers,
            Floods::ofRumours,
            Floods::ofConnections,
            random -> longAnswers(),
            random -> longAnswers().and(Mischief.withholding()));

    private Floods() {}

    /** Asks far more at once than it waits for answers to. */
    private static Mischief ofQuestions(Random random) {
        return bursts(random, at -> {
            BlockHash block = at.hash();
            return switch (random.nextInt(6)) {
                case 0 -> new Message.GetHeaders(List.of(at.parent()));
                case 1 -> new Message.GetBodies(List.of(block, at.parent()));
                case 2 -> new Message.GetStateRoots(block);
                case 3 -> new Message.GetStateChunk(block, 0, MessageLimits.MAX_CHUNK_BUCKETS, 0);
                case 4 -> new Message.GetTransactions(invented(random, 100));
                default -> new Message.GetBlockTransactions(block, List.of(0));
            };
        });
    }

    /** Answers what nobody asked. */
    private static Mischief ofAnswers(Random random) {
        return bursts(random, at -> {
            BlockHash block = at.hash();
            return switch (random.nextInt(6)) {
                case 0 -> new Message.Headers(List.of(at));
                case 1 -> new Message.Bodies(List.of());
                case 2 -> new Message.StateRoots(block, List.of());
                case 3 -> new Message.StateChunk(block, 0, List.of(new StateBucket(List.of())));
                case 4 -> new Message.TransactionsGone(invented(random, 100));
                default -> new Message.BlockTransactions(block, List.of());
            };
        });
    }

    /** Tells of transactions, addresses and wishes that mean nothing. */
    private static Mischief ofRumours(Random random) {
        return bursts(random, at -> switch (random.nextInt(3)) {
            case 0 -> new Message.AnnounceTransactions(invented(random, 300));
            case 1 -> new Message.WantRelay(random.nextBoolean());
            default -> new Message.Peers(addresses(random));
        });
    }

    private static ShortIds invented(Random random, int count) {
        return ShortIds.of(random.longs(count).toArray());
    }

    private static List<PeerAddress> addresses(Random random) {
        List<PeerAddress> addresses = new ArrayList<>();
        for (int i = 0; i < MessageLimits.MAX_ADDRESSES; i++) {
            addresses.add(new PeerAddress("nobody-" + random.nextInt(), 7_000));
        }
        return addresses;
    }

    /** Follows the rules, but for bursts of messages made of the last header that it told of. */
    private static Mischief bursts(Random random, Function<BlockHeader, Message> making) {
        return new Mischief() {
            private Optional<BlockHeader> told = Optional.empty();

            @Override
            public Optional<Message> alter(Message message) {
                if (message instanceof Message.AnnounceTip(BlockHeader header, var work)) {
                    told = Optional.of(header);
                }
                return Optional.of(message);
            }

            @Override
            public List<Message> besides(Message message) {
                List<Message> burst = new ArrayList<>();
                if (told.isPresent() && random.nextDouble() < SHARE) {
                    for (int i = 0; i < BURST; i++) {
                        burst.add(making.apply(told.get()));
                    }
                }
                return burst;
            }
        };
    }

    /** Comes as somebody else each time, says a few words and hangs up, to come again. */
    private static Mischief ofConnections(Random random) {
        return new Mischief() {
            @Override
            public Optional<Message> alter(Message message) {
                return Optional.of(message);
            }

            @Override
            public boolean changesName() {
                return true;
            }

            @Override
            public boolean hangsUp() {
                return random.nextInt(5) == 0;
            }
        };
    }

    /** Answers with twice what was asked for. */
    static Mischief longAnswers() {
        return message -> Optional.of(
                switch (message) {
                    case Message.Bodies(List<EncodedBody> bodies) -> new Message.Bodies(twice(bodies));
                    case Message.Headers(List<BlockHeader> headers) -> new Message.Headers(twice(headers));
                    case Message.StateRoots(BlockHash block, List<ByteBuffer> pages) ->
                        new Message.StateRoots(block, twice(pages));
                    case Message.StateChunk chunk ->
                        new Message.StateChunk(chunk.block(), chunk.first(), twice(chunk.buckets()));
                    case Message.BlockTransactions(BlockHash block, var transactions) ->
                        new Message.BlockTransactions(block, twice(transactions));
                    default -> message;
                });
    }

    private static <T> List<T> twice(List<T> list) {
        List<T> twice = new ArrayList<>(list);
        twice.addAll(list);
        return twice;
    }
}
