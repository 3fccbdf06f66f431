package dev.rensa.explorer.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the network map, the tree and the passport; Japanese in {@code messages/net_ja.properties}. */
@MessageBundle("net")
public interface NetworkTexts {

    @Message("Block interval")
    String interval();

    @Message("Transfers a second")
    String perSecond();

    @Message("To half of the nodes")
    String propagation();

    @Message("Abandoned blocks")
    String abandoned();

    @Message("Nodes answering")
    String nodesAnswering();

    @Message("Nodes and links")
    String mapTitle();

    @Message("Map of the nodes and their links; the same nodes follow as a list")
    String mapLabel();

    @Message("One colour a branch. Large dots are blocks on their way, small ones transactions.")
    String mapHelp();

    @Message("The map is drawn by a script; the list below says the same.")
    String mapNeedsScript();

    @Message("Newest blocks")
    String newestBlocks();

    @Message("The whole tree, and its last hours")
    String wholeTree();

    @Message("Clock")
    String clock();

    @Message("Replay")
    String replay();

    @Message("Play")
    String play();

    @Message("Pause")
    String pause();

    @Message("Moment")
    String moment();

    @Message("Speed")
    String speed();

    @Message("Live")
    String live();

    @Message("There is too much to play all of it; it begins at")
    String replayLimited();

    @Message(
            "Each box is a block; below it stand the nodes whose tip it is. Colours are branches, grey ones are followed by no node.")
    String treeHelp();

    @Message("%name left %depth blocks for another branch.")
    String changeText();

    @Message("Reorganisations")
    String reorganisations();

    @Message("No node has left a branch for another one yet. When one does, it is recorded here.")
    String noReorganisations();

    @Message("Depth")
    String depth();

    @Message("Left")
    String left();

    @Message("Joined")
    String joined();

    @Message("Last common")
    String fork();

    @Message("Returned tx")
    String returned();

    @Message("Passport: what became of it on each node")
    String passport();

    @Message("Time line of this transaction on every node; the table below says the same")
    String passportLabel();

    @Message(
            "No node told of this transaction while the explorer was listening. It remembers the transactions of late, from its start on.")
    String noPassport();

    @Message("Heard after")
    String heardAfter();

    @Message("What happened")
    String story();

    @Message("What the nodes say now")
    String explanations();

    @Message("Bytes and signature")
    String details();

    @Message("admitted")
    String stampPending();

    @Message("queued")
    String stampQueued();

    @Message("mined")
    String stampMined();

    @Message("back in the mempool")
    String stampReturned();

    @Message("replaced")
    String stampReplaced();

    @Message("expired")
    String stampExpired();

    @Message("evicted")
    String stampEvicted();

    @Message("Whole history as CSV")
    String csv();

    @Message("out")
    String outgoing();

    @Message("in")
    String incoming();

    @Message("Balance")
    String balanceTitle();

    @Message("Balance as a table")
    String balanceTable();

    @Message("History")
    String history();

    @Message("reward")
    String rewarded();

    @Message("to itself")
    String toItself();

    @Message("Lab")
    String lab();
}
