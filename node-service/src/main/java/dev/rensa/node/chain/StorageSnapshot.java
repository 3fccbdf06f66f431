package dev.rensa.node.chain;

/**
 * A storage as it stood at one moment, readable from any thread until it is closed, however much is committed meanwhile. It
 * costs the disk what is overwritten meanwhile, so keep few. After the storage itself is closed, reading throws
 * {@link StorageException} and closing does nothing.
 */
public interface StorageSnapshot extends StorageReader, AutoCloseable {

    /** Lets go of the state; nobody may be reading it, and nobody may read it afterwards. */
    @Override
    void close();
}
