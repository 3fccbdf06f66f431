package dev.rensa.protocol.api;

import java.util.List;

/**
 * An RFC 6962 inclusion proof: {@code header} names {@code transactionsRoot}, to which {@code path} leads from the id.
 *
 * @param header the block header's 160 bytes in hexadecimal
 * @param index position of the transaction in the block, from 0
 * @param treeSize transactions in the block
 * @param path sibling hashes from the leaf up
 */
public record TransactionProofView(
        String transaction, String block, long height, String header, int index, int treeSize, List<String> path) {}
