package dev.rensa.explorer.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the mempool, the miners and the charts; Japanese in {@code messages/fig_ja.properties}. */
@MessageBundle("fig")
public interface FigureTexts {

    @Message("The next block")
    String nextBlock();

    @Message("Of {pending} transactions that can be mined now, it will hold {bytes} of {capacity}: {share}.")
    String nextBlockText(int pending, String bytes, String capacity, String share);

    @Message("{queued} more wait for an earlier one of their sender.")
    String queuedText(int queued);

    @Message("As the node with the best chain sees it:")
    String mempoolOf();

    @Message("What to pay")
    String whatToPay();

    @Message("To be mined")
    String minedWithin();

    @Message("within {blocks} blocks")
    String blocksFromNow(int blocks);

    @Message("Fee of a transfer")
    String transferFee();

    @Message("Every node’s mempool")
    String everyMempool();

    @Message("First in line")
    String firstInLine();

    @Message("Nothing waits: every transfer has been mined. What arrives shows up here at once.")
    String nothingWaits();

    @Message("in the next block")
    String inNextBlock();

    @Message("Who mined the last {count} blocks")
    String minersTitle(int count);

    @Message("Shares of the blocks found; the table says the same.")
    String minersCaption();

    @Message("Share")
    String share();

    @Message("Rewards")
    String rewards();

    @Message("Last block")
    String lastBlock();

    @Message("Newest blocks:")
    String howFarBack();

    @Message("Blocks {from} to {to}")
    String chartsTitle(String from, String to);

    @Message("Block interval")
    String interval();

    @Message("Transfers a second")
    String transfersPerSecond();

    @Message("Hashes a block takes")
    String difficulty();

    @Message("Fees")
    String fees();

    @Message("Abandoned of all blocks seen")
    String forkRate();

    @Message("Time to half of the nodes")
    String propagation();

    @Message("The same as a table")
    String asTable();
}
