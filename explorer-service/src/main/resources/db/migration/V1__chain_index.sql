-- The canonical chain. Hashes and keys are their 32 bytes; amounts are integers of mon. The types are those that SQLite
-- and PostgreSQL both take. A memo is its bytes: PostgreSQL's text cannot hold all that a memo may.

-- One row: how far the index has come, and on which network. Written in the transaction of the blocks it speaks of.
CREATE TABLE index_cursor (
    id           INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    network      BYTEA   NOT NULL,
    genesis      TEXT    NOT NULL,
    height       BIGINT  NOT NULL,
    hash         BYTEA   NOT NULL,
    work         TEXT    NOT NULL
);

CREATE TABLE block (
    height            BIGINT  NOT NULL PRIMARY KEY,
    hash              BYTEA   NOT NULL UNIQUE,
    parent            BYTEA   NOT NULL,
    transactions_root BYTEA   NOT NULL,
    state_root        BYTEA   NOT NULL,
    timestamp_millis  BIGINT  NOT NULL,
    target_bits       TEXT    NOT NULL,
    miner             BYTEA   NOT NULL,
    nonce             BIGINT  NOT NULL,
    work              TEXT    NOT NULL,
    subsidy           BIGINT  NOT NULL,
    fees              BIGINT  NOT NULL,
    size              INTEGER NOT NULL,
    transaction_count INTEGER NOT NULL
);

CREATE TABLE transfer (
    height      BIGINT  NOT NULL,
    position    INTEGER NOT NULL,
    id          BYTEA   NOT NULL UNIQUE,
    sender      BYTEA   NOT NULL,
    nonce       BIGINT  NOT NULL,
    recipient   BYTEA   NOT NULL,
    amount      BIGINT  NOT NULL,
    fee         BIGINT  NOT NULL,
    valid_until BIGINT  NOT NULL,
    memo        BYTEA   NOT NULL,
    signature   BYTEA   NOT NULL,
    size        INTEGER NOT NULL,
    PRIMARY KEY (height, position)
);

-- An account's history is read from these two, newest first.
CREATE INDEX transfer_by_sender ON transfer (sender, height, position);
CREATE INDEX transfer_by_recipient ON transfer (recipient, height, position);

CREATE TABLE account (
    key            BYTEA  NOT NULL PRIMARY KEY,
    balance        BIGINT NOT NULL,
    sent_count     BIGINT NOT NULL,
    sent           BIGINT NOT NULL,
    fees_paid      BIGINT NOT NULL,
    received_count BIGINT NOT NULL,
    received       BIGINT NOT NULL,
    mined_count    BIGINT NOT NULL,
    mined          BIGINT NOT NULL,
    allocated      BIGINT NOT NULL
);
