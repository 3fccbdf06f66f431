package dev.rensa.wallet.key;

/**
 * How the key that seals all secrets is made, and a probe that tells a right one from a wrong one. Nothing here is secret.
 *
 * @param source {@code passphrase} or {@code master-secret}
 * @param salt 32 random bytes in hexadecimal
 * @param memoryKib Argon2id's memory in KiB; 0 for a master secret
 * @param iterations Argon2id's passes; 0 for a master secret
 * @param probe a known text, sealed
 */
public record VaultRecord(String source, String salt, int memoryKib, int iterations, String probe) {

    @Override
    public String toString() {
        return "VaultRecord[" + source + "]";
    }
}
