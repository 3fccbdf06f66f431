-- What accounts were paid, by the blocks that hold it. `id` is the transaction's; of a mining reward its block's hash.
CREATE TABLE received_payment (
    network       CHAR(64)    NOT NULL,
    id            CHAR(64)    NOT NULL,
    kind          VARCHAR(16) NOT NULL,
    wallet_id     VARCHAR(36) NOT NULL REFERENCES wallet (id),
    account_index INTEGER     NOT NULL,
    recipient     CHAR(64)    NOT NULL,
    sender        CHAR(64),
    amount        BIGINT      NOT NULL,
    memo          TEXT        NOT NULL,
    height        BIGINT      NOT NULL,
    position      INTEGER     NOT NULL,
    block         CHAR(64)    NOT NULL,
    block_at      BIGINT      NOT NULL,
    state         VARCHAR(16) NOT NULL,
    version       INTEGER     NOT NULL,
    updated_at    BIGINT      NOT NULL,
    PRIMARY KEY (network, id)
);

CREATE INDEX received_by_wallet ON received_payment (network, wallet_id, height, position, id);
CREATE INDEX received_by_account ON received_payment (recipient, network, height, position, id);
-- For reorganisations, and for what becomes final.
CREATE INDEX received_by_height ON received_payment (network, height);
CREATE INDEX received_unsettled ON received_payment (network, height) WHERE state = 'mined';

-- Append-only, numbered together with the steps of transfers.
CREATE TABLE received_event (
    seq        BIGINT      PRIMARY KEY,
    network    CHAR(64)    NOT NULL,
    payment_id CHAR(64)    NOT NULL,
    version    INTEGER     NOT NULL,
    at         BIGINT      NOT NULL,
    state      VARCHAR(16) NOT NULL,
    height     BIGINT      NOT NULL,
    position   INTEGER     NOT NULL,
    block      CHAR(64)    NOT NULL,
    block_at   BIGINT      NOT NULL,
    FOREIGN KEY (network, payment_id) REFERENCES received_payment (network, id)
);
