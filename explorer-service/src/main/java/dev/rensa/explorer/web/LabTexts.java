package dev.rensa.explorer.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the lab; Japanese in {@code messages/lab_ja.properties}. */
@MessageBundle("lab")
public interface LabTexts {

    @Message("Lab")
    String title();

    @Message(
            "The lab is on: from here this network can be broken on purpose. It is not for networks that anybody relies on.")
    String warning();

    @Message(
            "No node has a lab. Start the network with ./rensa up --lab, or nodes with rensa.lab.enabled=true; never in production.")
    String off();

    @Message("Orders are given by a script, which this browser does not run; what is shown is right all the same.")
    String needsScript();

    @Message("Split in two")
    String split();

    @Message("Choose a side for each node. Links between the sides are cut, until you heal them.")
    String splitHelp();

    @Message("Side")
    String side();

    @Message("A")
    String sideA();

    @Message("B")
    String sideB();

    @Message("Side of {name}")
    String sideOf(String name);

    @Message("Miner")
    String miner();

    @Message("no lab")
    String noLab();

    @Message("Mine a block")
    String mineOne();

    @Message("Start")
    String start();

    @Message("Stop")
    String stop();

    @Message("Cut A from B")
    String doSplit();

    @Message("Heal everything")
    String doHeal();

    @Message("Disturbed links")
    String links();

    @Message("No link is disturbed.")
    String noLinks();

    @Message("cut")
    String cut();

    @Message("{millis} ms late")
    String delayed(int millis);

    @Message("and up to {millis} ms more")
    String jitter(int millis);

    @Message("{percent} % lost")
    String lossy(int percent);

    @Message("heals by itself")
    String until();

    @Message("Heal")
    String heal();

    @Message("Between")
    String between();

    @Message("What")
    String what();

    @Message("One link")
    String oneLink();

    @Message("Node")
    String from();

    @Message("and node")
    String to();

    @Message("Do")
    String fault();

    @Message("cut it")
    String faultCut();

    @Message("delay messages")
    String faultSlow();

    @Message("lose messages")
    String faultLossy();

    @Message("Delay, ms")
    String delayField();

    @Message("Loss, %")
    String lossField();

    @Message("For seconds (empty: until healed)")
    String secondsField();

    @Message("Do it")
    String disturb();

    @Message("A double spend, step by step")
    String story();

    @Message(
            "The attacker sits on side B. A merchant on side A is paid and waits for confirmations; on side B the same coins go back to the attacker. Then the network heals, and the branch with more work decides.")
    String storyHelp();

    @Message("Confirmations the merchant waits for")
    String confirmations();

    @Message("Blocks the attacker mines meanwhile")
    String attackerBlocks();

    @Message("Begin")
    String begin();

    @Message("Next step")
    String next();

    @Message("End the story")
    String end();

    @Message("Fund. A block is mined for a new account of the attacker: its reward will be spent twice.")
    String stepFund();

    @Message("Split. All links between the sides are cut; each side takes itself for the network.")
    String stepSplit();

    @Message(
            "Pay. On side A the attacker pays the merchant; on side B the same coins, with the same nonce, go to another account of the attacker.")
    String stepPay();

    @Message("Mine. Side A finds {confirmations}, and the merchant hands over the goods; side B finds {blocks}.")
    String stepMine(int confirmations, int blocks);

    @Message("Heal. The links come back, and all nodes follow the branch with more work.")
    String stepHeal();

    @Message("done")
    String stateDone();

    @Message("running…")
    String stateRunning();

    @Message("next")
    String stateNext();

    @Message("failed")
    String stateFailed();

    @Message("The story was ended; links are healed.")
    String ended();

    @Message("The payment stands: side A had more work, and the attacker’s branch was abandoned.")
    String paymentStands();

    @Message(
            "The payment is gone. It had {confirmations} confirmations, but side B had more work: the merchant has neither goods nor coins.")
    String paymentGone(long confirmations);

    @Message("To the merchant")
    String payment();

    @Message("To the attacker")
    String doubleSpend();

    @Message("Coins spent twice")
    String amount();

    @Message("Confirmations the merchant saw")
    String merchantSaw();

    @Message("Side B has {share} of all hashes. Left to chance, it would succeed with a probability of {exact}.")
    String oddsHere(String share, String exact);

    @Message("The odds")
    String odds();

    @Message("The attacker’s share of all hashes")
    String share();

    @Message("Take side B’s")
    String shareOfB();

    @Message("Nakamoto, 2008")
    String nakamoto();

    @Message("Rosenfeld, exact")
    String rosenfeld();

    @Message("Probability that a double spend succeeds against a merchant who waits for so many confirmations.")
    String oddsHelp();

    @Message("Confirmations for a risk below 0.1 %")
    String safe();

    @Message("no number is enough: with half of all hashes an attacker always succeeds in the end")
    String never();

    @Message("Selfish mining would earn")
    String selfish();

    @Message("The explorer’s admin key, if it has one")
    String adminKey();

    @Message("Done by all nodes")
    String reportDone();

    @Message("Not everything was done")
    String reportFailed();

    @Message("These nodes are on neither side and join the two")
    String reportBridges();

    @Message("Working…")
    String working();
}
