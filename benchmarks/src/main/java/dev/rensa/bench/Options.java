package dev.rensa.bench;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run measures.
 *
 * @param parts letters of the parts, in order
 * @param networks (a) sizes of the networks
 * @param seconds (a) how long transfers are fed; (g, h) how long the explorer is asked and listened to
 * @param transfers (b, g) transfers of the chain
 * @param accounts (b, g) accounts of the chain
 * @param peers (b) most peers to catch up from
 * @param nodes (c) sizes of the networks
 * @param blockBytes (c) bytes of a full block
 * @param storeBlocks (d) lengths of chains
 * @param storeAccounts (d) numbers of accounts
 * @param submissions (f) transfers a way
 * @param walletTransfers (i) transfers of one account, a round
 * @param markdown file for the table; empty for none
 */
record Options(
        String parts,
        List<Integer> networks,
        int seconds,
        int transfers,
        int accounts,
        int peers,
        List<Integer> nodes,
        int blockBytes,
        List<Integer> storeBlocks,
        List<Integer> storeAccounts,
        int submissions,
        int walletTransfers,
        String markdown) {

    static final String ALL_PARTS = "abcdefghi";

    private static final Options USUAL = new Options(
            ALL_PARTS,
            List.of(3, 1),
            60,
            1_000_000,
            100_000,
            3,
            List.of(3, 10, 50),
            1 << 20,
            List.of(10_000, 100_000, 1_000_000),
            List.of(10_000, 100_000, 1_000_000),
            400_000,
            30_000,
            "");

    /** Small enough to see in some minutes that everything works. */
    private static final Options QUICK = new Options(
            ALL_PARTS,
            List.of(3, 1),
            10,
            100_000,
            10_000,
            2,
            List.of(3, 10),
            1 << 18,
            List.of(10_000),
            List.of(10_000),
            10_000,
            500,
            "");

    /** Parts with their options. */
    static Options parse(List<String> arguments) {
        Options options = arguments.contains("--quick") ? QUICK : USUAL;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (!argument.startsWith("--")) {
                options = options.withParts(argument);
            } else if (!argument.equals("--quick")) {
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException(
                            argument + " takes a value. ./rensa help lists the options of bench.");
                }
                options = options.with(argument, rest.next());
            }
        }
        return options;
    }

    private Options withParts(String letters) {
        if (letters.equals("all")) {
            return with(ALL_PARTS, networks, seconds, transfers, accounts, peers, nodes, markdown);
        }
        if (letters.isEmpty() || !letters.chars().allMatch(letter -> ALL_PARTS.indexOf(letter) >= 0)) {
            throw new IllegalArgumentException(
                    "bench has no part '" + letters + "'. There are a to i, all and jmh; ./rensa help explains them.");
        }
        return with(letters, networks, seconds, transfers, accounts, peers, nodes, markdown);
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--networks" ->
                with(parts, numbers(option, value), seconds, transfers, accounts, peers, nodes, markdown);
            case "--seconds" ->
                with(parts, networks, number(option, value), transfers, accounts, peers, nodes, markdown);
            case "--transfers" ->
                with(parts, networks, seconds, number(option, value), accounts, peers, nodes, markdown);
            case "--accounts" ->
                with(parts, networks, seconds, transfers, number(option, value), peers, nodes, markdown);
            case "--peers" ->
                with(parts, networks, seconds, transfers, accounts, number(option, value), nodes, markdown);
            case "--nodes" ->
                with(parts, networks, seconds, transfers, accounts, peers, numbers(option, value), markdown);
            case "--markdown" -> with(parts, networks, seconds, transfers, accounts, peers, nodes, value);
            case "--store-blocks" -> withStores(numbers(option, value), storeAccounts);
            case "--store-accounts" -> withStores(storeBlocks, numbers(option, value));
            default ->
                throw new IllegalArgumentException(
                        "bench has no option '" + option + "'. ./rensa help lists its options.");
        };
    }

    private Options with(
            String newParts,
            List<Integer> newNetworks,
            int newSeconds,
            int newTransfers,
            int newAccounts,
            int newPeers,
            List<Integer> newNodes,
            String newMarkdown) {
        return new Options(
                newParts,
                newNetworks,
                newSeconds,
                newTransfers,
                newAccounts,
                newPeers,
                newNodes,
                blockBytes,
                storeBlocks,
                storeAccounts,
                submissions,
                walletTransfers,
                newMarkdown);
    }

    private Options withStores(List<Integer> blocks, List<Integer> accountNumbers) {
        return new Options(
                parts,
                networks,
                seconds,
                transfers,
                accounts,
                peers,
                nodes,
                blockBytes,
                blocks,
                accountNumbers,
                submissions,
                walletTransfers,
                markdown);
    }

    private static List<Integer> numbers(String option, String value) {
        return Stream.of(value.split(",", -1)).map(one -> number(option, one)).toList();
    }

    private static int number(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like zero.
        }
        throw new IllegalArgumentException(option + " takes numbers above 0, not '" + value + "'.");
    }
}
