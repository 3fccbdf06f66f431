package dev.rensa.node.api;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.ChainView;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.BlockView;
import dev.rensa.protocol.api.HeadersPage.HeaderView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Writes blocks as the API shows them. */
@Singleton
class BlockViews {

    private final ChainView chain;

    BlockViews(ChainView chain) {
        this.chain = chain;
    }

    BlockView view(Block block, BlockEntry entry) {
        BlockHeader header = block.header();
        String prefix = chain.genesis().addressPrefix();
        boolean canonical =
                chain.canonicalHash(block.height()).filter(block.hash()::equals).isPresent();
        long confirmations = canonical ? Math.max(0, chain.head().height() - block.height() + 1) : 0;
        return new BlockView(
                block.height(),
                block.hash().toHex(),
                header.parent().toHex(),
                header.transactionsRoot().toHex(),
                header.stateRoot().toHex(),
                header.timestampMillis(),
                header.target().toHex(),
                new Address(prefix, header.miner()).toString(),
                header.nonce(),
                entry.work().toString(),
                canonical,
                confirmations,
                chain.genesis().subsidyAt(block.height()).mon(),
                block.transactions().stream()
                        .map(Transaction::fee)
                        .reduce(Amount.ZERO, Amount::plus)
                        .mon(),
                block.size(),
                block.transactions().size(),
                transactions(block, canonical, confirmations, prefix));
    }

    HeaderView header(BlockEntry entry) {
        BlockHeader header = entry.header();
        return new HeaderView(
                header.height(),
                entry.hash().toHex(),
                header.parent().toHex(),
                header.transactionsRoot().toHex(),
                header.stateRoot().toHex(),
                header.timestampMillis(),
                header.target().toHex(),
                new Address(chain.genesis().addressPrefix(), header.miner()).toString(),
                header.nonce(),
                entry.work().toString());
    }

    private static List<TransactionView> transactions(
            Block block, boolean canonical, long confirmations, String prefix) {
        List<TransactionView> views = new ArrayList<>(block.transactions().size());
        for (int i = 0; i < block.transactions().size(); i++) {
            Transaction transaction = block.transactions().get(i);
            views.add(
                    canonical
                            ? TransactionViews.mined(
                                    transaction,
                                    new TransactionViews.Place(block.hash(), block.height(), i, confirmations),
                                    prefix)
                            : TransactionViews.abandoned(transaction, prefix));
        }
        return views;
    }
}
