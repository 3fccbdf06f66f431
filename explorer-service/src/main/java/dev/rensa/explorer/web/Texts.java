package dev.rensa.explorer.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Every word on the pages, in English here and in Japanese in {@code messages/msg_ja.properties}. */
@MessageBundle
public interface Texts {

    @Message("Rensa explorer")
    String title();

    @Message("Network")
    String network();

    @Message("Tree")
    String tree();

    @Message("Mempool")
    String waiting();

    @Message("Miners")
    String miners();

    @Message("Charts")
    String charts();

    @Message("Pages")
    String navigation();

    @Message("Colours")
    String theme();

    @Message("As the system")
    String themeSystem();

    @Message("Light")
    String themeLight();

    @Message("Dark")
    String themeDark();

    @Message("The connection to the explorer is lost: this page stands still and goes on by itself.")
    String connectionLost();

    @Message("Copy")
    String copy();

    @Message("Copied")
    String copied();

    @Message("Blocks")
    String blocks();

    @Message("Search")
    String search();

    @Message("Height, hash, transaction, address or node")
    String searchHint();

    @Message("Skip to the content")
    String skip();

    @Message("{count} nodes, one chain")
    String agreementOne(int count);

    @Message("One chain, but not every node has its last blocks")
    String agreementLagging();

    @Message("The nodes are split over {count} chains")
    String agreementSplit(int count);

    @Message("No node can be reached")
    String agreementNone();

    @Message("The last {depth} blocks of the best chain are not on every node.")
    String agreementDepth(long depth);

    @Message("Last common block:")
    String lastCommon();

    @Message("It lies further back than the explorer remembers.")
    String lastCommonUnknown();

    @Message("since")
    String since();

    @Message(
            "Is a network running? Start one with <code>./rensa up</code>, or set <code>rensa.explorer.nodes</code> to the addresses of its nodes. This page goes on by itself once one answers.")
    String noNodeHelp();

    @Message("Nodes")
    String nodes();

    @Message("Height")
    String height();

    @Message("Work")
    String work();

    @Message("work")
    String inWork();

    @Message("Peers")
    String peers();

    @Message("Mempool")
    String mempool();

    @Message("Mining")
    String mining();

    @Message("idle")
    String idle();

    @Message("Version")
    String version();

    @Message("Last seen")
    String lastSeen();

    @Message("Latency")
    String latency();

    @Message("events")
    String followedByEvents();

    @Message("polling")
    String followedByPolling();

    @Message("up to date")
    String stateCurrent();

    @Message("{lag} behind")
    String stateBehind(long lag);

    @Message("another branch")
    String stateStray();

    @Message("unreachable")
    String stateUnreachable();

    @Message("another network")
    String stateStranger();

    @Message("Recent blocks on every node")
    String treeTitle();

    @Message("Each box is a block, newest at the right. Names below stand where that node's tip is.")
    String treeHelp();

    @Message("No block has been seen yet.")
    String treeEmpty();

    @Message("Latest transactions")
    String latestTransactions();

    @Message("No transaction has been mined yet.")
    String noTransactionsYet();

    @Message("All blocks")
    String allBlocks();

    @Message("Block")
    String block();

    @Message("Transaction")
    String transaction();

    @Message("Account")
    String account();

    @Message("Node")
    String node();

    @Message("Hash")
    String hash();

    @Message("Parent")
    String parent();

    @Message("Time")
    String time();

    @Message("Miner")
    String miner();

    @Message("Reward")
    String reward();

    @Message("Fees")
    String fees();

    @Message("fees")
    String inFees();

    @Message("Fee")
    String fee();

    @Message("Size")
    String size();

    @Message("bytes")
    String bytes();

    @Message("Target")
    String target();

    @Message("Nonce")
    String nonce();

    @Message("Transactions root")
    String transactionsRoot();

    @Message("State root")
    String stateRoot();

    @Message("confirmations")
    String confirmations();

    @Message("not on the best chain")
    String notCanonical();

    @Message("Transactions")
    String transactions();

    @Message("This block holds no transactions.")
    String noTransactionsInBlock();

    @Message("From")
    String from();

    @Message("To")
    String to();

    @Message("Amount")
    String amount();

    @Message("Memo")
    String memo();

    @Message("Valid until height")
    String validUntil();

    @Message("always")
    String always();

    @Message("Signature")
    String signature();

    @Message("State")
    String state();

    @Message("waits to be mined")
    String statePending();

    @Message("waits for an earlier transaction, nonce {nonce}")
    String stateQueued(long nonce);

    @Message("only in an abandoned block")
    String stateOrphaned();

    @Message("In block")
    String inBlock();

    @Message("Address")
    String address();

    @Message("Balance")
    String balance();

    @Message("Received")
    String received();

    @Message("Sent")
    String sent();

    @Message("Mined")
    String minedRewards();

    @Message("From the beginning")
    String allocated();

    @Message("Next nonce")
    String nextNonce();

    @Message("Nothing has happened to this account yet.")
    String accountUntouched();

    @Message("No transactions.")
    String noTransactions();

    @Message("Older")
    String older();

    @Message("Newer")
    String newer();

    @Message("Back")
    String back();

    @Message("Newest")
    String newest();

    @Message("More")
    String more();

    @Message("Results for")
    String resultsFor();

    @Message(
            "Nothing was found. A height, a whole address, or at least four digits of a hash are looked up on the best chain.")
    String nothingFound();

    @Message("That did not work")
    String errorTitle();

    @Message("To the network")
    String backToOverview();

    @Message("The index is catching up: {height} of {target}.")
    String catchingUp(long height, long target);

    @Message("This is a private network; its coins have the value that its people give them.")
    String footer();

    @Message("The API is described at")
    String apiAt();

    @Message("{seconds}s ago")
    String secondsAgo(long seconds);

    @Message("{minutes}min ago")
    String minutesAgo(long minutes);

    @Message("{hours}h ago")
    String hoursAgo(long hours);

    @Message("{days}d ago")
    String daysAgo(long days);

    @Message("just now")
    String justNow();
}
