package dev.rensa.network.bench;

import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Transfers that were signed beforehand, in lanes: a lane holds one sender's transfers in the order of their nonces. */
final class SignedLoad {

    private final List<FundedAccount> accounts;
    private final String prefix;
    private final List<List<Transaction>> lanes;

    private SignedLoad(List<FundedAccount> accounts, String prefix, List<List<Transaction>> lanes) {
        this.accounts = accounts;
        this.prefix = prefix;
        this.lanes = lanes;
    }

    /** Accounts with the numbers 0 to {@code count} − 1. */
    static List<FundedAccount> accounts(int count) {
        return IntStream.range(0, count).mapToObj(FundedAccount::new).toList();
    }

    /** Signs {@code perAccount} transfers of each account, on all cores. */
    static SignedLoad sign(Genesis genesis, List<FundedAccount> accounts, int perAccount) {
        BlockHash network = genesis.networkHash();
        List<List<Transaction>> lanes = IntStream.range(0, accounts.size())
                .parallel()
                .mapToObj(i -> lane(network, accounts, i, perAccount))
                .toList();
        return new SignedLoad(accounts, genesis.addressPrefix(), lanes);
    }

    private static List<Transaction> lane(BlockHash network, List<FundedAccount> accounts, int sender, int count) {
        FundedAccount recipient = accounts.get((sender + 1) % accounts.size());
        List<Transaction> lane = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lane.add(accounts.get(sender).transfer(network, recipient.publicKey(), Amount.ofMon(1), Amount.ofMon(1)));
        }
        return lane;
    }

    List<List<Transaction>> lanes() {
        return lanes;
    }

    long total() {
        return lanes.stream().mapToLong(List::size).sum();
    }

    /** How many transfers of this load are on the node's canonical chain. */
    long confirmedOn(LocalNode node) {
        return accounts.stream()
                .mapToLong(account -> node.client()
                        .account(new Address(prefix, account.publicKey()).toString())
                        .nextNonce())
                .sum();
    }
}
