package dev.rensa.node.api;

import dev.rensa.node.chain.ChainView;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import dev.rensa.protocol.api.MinedView.MinedBlockView;
import dev.rensa.protocol.api.MiningView;
import dev.rensa.protocol.crypto.PublicKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Starting, stopping and asking the miner. */
@ApplicationScoped
class MiningCommands {

    /** Longest rest that ends by itself: a day, as for the lab's faults. */
    private static final long MAX_REST_SECONDS = 86_400;

    private final Miner miner;
    private final ChainView chain;

    MiningCommands(Miner miner, ChainView chain) {
        this.miner = miner;
        this.chain = chain;
    }

    MiningView view() {
        Miner.Status status = miner.status();
        return new MiningView(
                status.mode().text(),
                status.running(),
                status.hashesPerSecond(),
                status.maxHashesPerSecond(),
                new Address(chain.genesis().addressPrefix(), status.account()).toString(),
                status.blocksFound());
    }

    MiningView start() {
        miner.start();
        return view();
    }

    MiningView stop(@Nullable Long forSeconds) {
        if (forSeconds == null) {
            miner.stop();
        } else {
            miner.rest(Duration.ofSeconds(RequestChecks.inRange("forSeconds", forSeconds, 1, MAX_REST_SECONDS)));
        }
        return view();
    }

    CompletionStage<MinedView> mine(@Nullable MineRequest request) {
        int count = request == null || request.blocks() == null ? 1 : request.blocks();
        RequestChecks.inRange("blocks", count, 1, Miner.MAX_BLOCKS);
        Optional<PublicKey> account = Optional.ofNullable(request)
                .flatMap(wish -> Optional.ofNullable(wish.miner()))
                .map(address -> RequestChecks.account(address, chain.genesis().addressPrefix()));
        return miner.mine(account, count)
                .thenApply(blocks -> new MinedView(blocks.stream()
                        .map(block -> new MinedBlockView(
                                block.height(),
                                block.hash().toHex(),
                                block.transactions().size()))
                        .toList()));
    }
}
