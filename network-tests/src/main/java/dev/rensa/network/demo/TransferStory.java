package dev.rensa.network.demo;

import static dev.rensa.network.demo.Narrator.await;
import static dev.rensa.network.demo.Narrator.check;
import static dev.rensa.network.demo.Narrator.inSeconds;

import dev.rensa.network.client.NodeClient;
import dev.rensa.network.client.RefusedException;
import dev.rensa.network.client.UnansweredException;
import dev.rensa.network.client.WalletClient;
import dev.rensa.network.client.WalletClient.TransferView;
import dev.rensa.network.client.WalletClient.WalletAccount;
import dev.rensa.network.process.RensaScript;
import dev.rensa.protocol.api.BlockView;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.money.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One coin from A to B, then a crash and a recovery. While it plays, nobody mines but the story, so that what it shows
 * is what it caused; at the end the miners run again.
 */
final class TransferStory {
    /** Nodes look for each other every 20 s, so all are connected by then. */
    private static final Duration DISCOVERY_LIMIT = Duration.ofSeconds(45);
    /** On one machine news travel in milliseconds; this only bounds how long a broken network is watched. */
    private static final Duration GOSSIP_LIMIT = Duration.ofSeconds(15);
    /** The wallet looks after its transfers every few seconds. */
    private static final Duration WALLET_LIMIT = Duration.ofSeconds(30);
    /** A node that returns finds its peers at its first look or at its second. */
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(45);

    /** A chain so old that a block earns less than a tenth of a coin is beyond this demo. */
    private static final int MAX_BLOCKS_FOR_A = 10;

    private static final int BLOCKS_ON_TOP = 3;

    private static final Amount COIN = Amount.ofCoins(1);
    private static final Amount HALF_A_COIN = Amount.ofCoins("0.5");

    private final List<NodeClient> nodes;
    private final WalletClient wallet;
    private final RensaScript rensa;
    private final Narrator narrator;

    private final List<NodeClient> minersAtRest = new ArrayList<>();

    /** Filled by the first steps, for the later ones. */
    private WalletAccount a = WalletAccount.NONE;

    private WalletAccount b = WalletAccount.NONE;
    private Amount fee = Amount.ZERO;
    private String transaction = "";

    TransferStory(List<NodeClient> nodes, WalletClient wallet, RensaScript rensa, Narrator narrator) {
        check(nodes.size() >= 2, "The story needs two nodes or more; ./rensa up --nodes 3 starts them");
        this.nodes = List.copyOf(nodes);
        this.wallet = wallet;
        this.rensa = rensa;
        this.narrator = narrator;
    }

    List<Step> steps() {
        return List.of(
                new Step("The nodes are one network", this::meet),
                new Step("A and B get wallets", this::createWallets),
                new Step("A mines its first coin", this::mineForA),
                new Step("A pays one coin to B, and every node hears of it", this::payOneCoin),
                new Step("A block takes it in, the same block on every node", this::mineThePayment),
                new Step("B owns one coin, whichever node one asks", this::readBalances),
                new Step("One node is killed without warning", this::killOne),
                new Step("Without it, B gives half a coin back", this::payHalfACoinBack),
                new Step("The killed node returns and catches up", this::bringItBack));
    }

    /** Lets the miners run again that ran before, whatever has happened in between. */
    void tidyUp() {
        for (NodeClient node : minersAtRest) {
            try {
                node.setMining(true);
            } catch (UnansweredException | RefusedException e) {
                narrator.say("%s does not mine again: %s", node, String.valueOf(e.getMessage()));
            }
        }
    }

    private void meet() {
        await(
                DISCOVERY_LIMIT,
                () -> nodes.stream().allMatch(node -> node.status().peers() >= nodes.size() - 1),
                () -> "Not every node found the others: " + describe(nodes, status -> status.peers() + " peers"));
        String network = nodes.getFirst().status().networkHash();
        for (NodeClient node : nodes) {
            StatusView status = node.status();
            check(
                    status.networkHash().equals(network),
                    "%s belongs to another network, %s",
                    node,
                    status.networkHash());
            narrator.say("%s  %s  %d peers, height %d", node, node.base(), status.peers(), status.height());
            if (status.mining().running()) {
                node.setMining(false);
                minersAtRest.add(node);
            }
        }
        agree(nodes);
        narrator.say("The miners rest now, so that all that follows is this story's doing.");
    }

    private void createWallets() {
        a = wallet.create("A of the demo");
        b = wallet.create("B of the demo");
        narrator.say("A  %s", a.address());
        narrator.say("B  %s", b.address());
    }

    private void mineForA() {
        GenesisDocument genesis = first().genesis();
        fee = Amount.ofMon(genesis.minimumFee());
        long needed = COIN.plus(fee).mon();

        int blocks = 0;
        while (balance(first(), a).mon() < needed) {
            check(blocks < MAX_BLOCKS_FOR_A, "%d blocks did not earn A a coin; the subsidy is too small", blocks);
            first().mine(1, a.address());
            blocks++;
        }
        Amount earned = balance(first(), a);

        Duration taken = await(
                GOSSIP_LIMIT,
                () -> nodes.stream().allMatch(node -> balance(node, a).equals(earned)),
                () -> "A's reward is not on every node");
        narrator.say(
                "%s mined %d for A, who now has %s; every node knew after %s.",
                first(), blocks, coins(earned), inSeconds(taken));
    }

    private void payOneCoin() {
        transaction = pay(a, b, COIN);
        Duration taken = await(
                GOSSIP_LIMIT,
                () -> nodes.stream().allMatch(node -> isIn(node, transaction, "pending")),
                () -> "The transaction is not in every mempool: "
                        + nodes.stream().map(this::whereTheTransactionIs).collect(Collectors.joining(", ")));
        narrator.say("Transaction %s", transaction);
        narrator.say("waits in the mempool of %s, %s after the wallet had signed it.", names(nodes), inSeconds(taken));
    }

    private void mineThePayment() {
        String block = mineTransaction(nodes);
        for (NodeClient node : nodes) {
            narrator.say("%s  %s", node, block);
        }
    }

    private void readBalances() {
        for (NodeClient node : nodes) {
            checkBalanceOfB(node, COIN);
            narrator.say("%s says: B has %s", node, coins(COIN));
        }
    }

    private void killOne() {
        rensa("kill", victim().name());
        try {
            victim().status();
        } catch (UnansweredException e) {
            narrator.say("%s (SIGKILL) answers no more.", victim());
            return;
        }
        throw new StoryBrokenException(victim() + " still answers");
    }

    private void payHalfACoinBack() {
        // The fee is B's to pay, so B must have more than what it sends.
        transaction = pay(b, a, HALF_A_COIN.minus(fee));
        await(
                GOSSIP_LIMIT,
                () -> survivors().stream().allMatch(node -> isIn(node, transaction, "pending")),
                () -> "The transaction is not in every mempool that is left");
        String block = mineTransaction(survivors());
        for (NodeClient node : survivors()) {
            checkBalanceOfB(node, HALF_A_COIN);
        }
        // The killed node mines as soon as it is back; so far behind, it cannot get ahead before it has seen the
        // others.
        first().mine(BLOCKS_ON_TOP);
        agree(survivors());
        narrator.say(
                "%s agree on block %s and %d on top of it: B has %s",
                names(survivors()), block, BLOCKS_ON_TOP, coins(HALF_A_COIN));
    }

    private void bringItBack() {
        rensa("start", victim().name());
        String tip = first().status().tip();
        Duration taken = await(
                RECOVERY_LIMIT,
                () -> victim().block(tip).map(BlockView::canonical).orElse(false),
                () -> "%s has not caught up; its tip is %s, that of %s %s"
                        .formatted(victim(), victim().status().tip(), first(), tip));
        checkBalanceOfB(victim(), HALF_A_COIN);
        narrator.say(
                "%s had the block that it missed %s after its start, and says: B has %s",
                victim(), inSeconds(taken), coins(HALF_A_COIN));
    }

    /** Pays, and waits until the transaction is on its way. Returns its id. */
    private String pay(WalletAccount from, WalletAccount to, Amount amount) {
        String transfer = wallet.transfer(
                from, to.address(), amount.mon(), fee.mon(), UUID.randomUUID().toString());
        await(
                WALLET_LIMIT,
                () -> isSubmitted(transfer),
                () -> "The wallet has not submitted the transfer; it is "
                        + wallet.transfer(transfer).state());
        return wallet.transfer(transfer).transactionId();
    }

    private boolean isSubmitted(String transfer) {
        TransferView now = wallet.transfer(transfer);
        check(!now.hasFailed(), "The wallet gave the transfer up: it is %s, %s", now.state(), now.reason());
        return now.isSubmitted();
    }

    /** Mines a block and waits until these nodes have it, with the transaction in it. Returns its hash. */
    private String mineTransaction(List<NodeClient> among) {
        String block = first().mine(1).getFirst().hash();
        Duration taken = await(
                GOSSIP_LIMIT,
                () -> among.stream().allMatch(node -> node.status().tip().equals(block)),
                () -> "The block %s is not everywhere: %s".formatted(block, describe(among, StatusView::tip)));
        for (NodeClient node : among) {
            String holder =
                    node.transaction(transaction).map(TransactionView::block).orElse("no block");
            check(block.equals(holder), "On %s the transaction is in %s, not in %s", node, holder, block);
        }
        narrator.say("%s found a block; %s after that %s had it.", first(), inSeconds(taken), names(among));
        return block;
    }

    private void agree(List<NodeClient> among) {
        await(
                GOSSIP_LIMIT,
                () -> among.stream().map(node -> node.status().tip()).distinct().count() == 1,
                () -> "The nodes do not agree: " + describe(among, StatusView::tip));
    }

    private void rensa(String... command) {
        RensaScript.Outcome outcome = rensa.run(command);
        check(
                outcome.succeeded(),
                "./rensa %s failed: %s",
                String.join(" ", command),
                outcome.output().strip());
    }

    private static boolean isIn(NodeClient node, String transaction, String state) {
        return node.transaction(transaction)
                .filter(found -> found.state().equals(state))
                .isPresent();
    }

    private String whereTheTransactionIs(NodeClient node) {
        return node + " "
                + node.transaction(transaction).map(TransactionView::state).orElse("does not know it");
    }

    private void checkBalanceOfB(NodeClient node, Amount expected) {
        Amount balance = balance(node, b);
        check(balance.equals(expected), "%s says that B has %s, not %s", node, coins(balance), coins(expected));
    }

    private static Amount balance(NodeClient node, WalletAccount account) {
        return Amount.ofMon(node.account(account.address()).balance());
    }

    private static String describe(List<NodeClient> nodes, Function<StatusView, String> what) {
        return nodes.stream()
                .map(node -> node + " " + what.apply(node.status()))
                .collect(Collectors.joining(", "));
    }

    private static String names(List<NodeClient> nodes) {
        return nodes.stream().map(NodeClient::name).collect(Collectors.joining(", "));
    }

    private static String coins(Amount amount) {
        return amount.toCoins() + (amount.equals(COIN) ? " coin" : " coins");
    }

    private NodeClient first() {
        return nodes.getFirst();
    }

    private NodeClient victim() {
        return nodes.getLast();
    }

    private List<NodeClient> survivors() {
        return nodes.subList(0, nodes.size() - 1);
    }
}
