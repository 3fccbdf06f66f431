package dev.rensa.node.chain;

class InMemoryStorageTest extends StorageContract {

    @Override
    protected ChainStorage open() {
        return new InMemoryStorage();
    }
}
