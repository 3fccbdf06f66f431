package dev.rensa.wallet.key;

/**
 * The data key, sealed, and how the key that opens it is made.
 *
 * @param source {@code passphrase} or {@code master-secret}
 * @param salt 32 random bytes in hexadecimal
 * @param memoryKib Argon2id's memory in KiB; 0 for a master secret
 * @param iterations Argon2id's passes; 0 for a master secret
 * @param sealedKey the data key, sealed
 */
public record VaultRecord(String source, String salt, int memoryKib, int iterations, String sealedKey) {

    VaultRecord withSealedKey(String sealed) {
        return new VaultRecord(source, salt, memoryKib, iterations, sealed);
    }

    @Override
    public String toString() {
        return "VaultRecord[" + source + "]";
    }
}
