-- The canonical chain. Hashes and keys are their 32 bytes, amounts integers of mon, work 32 bytes big-endian. The types are those that
-- SQLite and PostgreSQL both take; ${row_key} is a 64-bit integer that SQLite uses as the row's own number, ${by_key} lets
-- SQLite keep rows in the key's order.

-- One row: how far the index has come, and on which network. Written in the transaction of the blocks it speaks of.
CREATE TABLE index_cursor (
    id           INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    network      BYTEA   NOT NULL,
    genesis      TEXT    NOT NULL,
    height       BIGINT  NOT NULL,
    hash         BYTEA   NOT NULL,
    work         BYTEA   NOT NULL
);

-- What is asked for by itself stands beside the header, which holds all the rest.
CREATE TABLE block (
    height            ${row_key} NOT NULL PRIMARY KEY,
    hash              BYTEA   NOT NULL UNIQUE,
    header            BYTEA   NOT NULL,
    timestamp_millis  BIGINT  NOT NULL,
    miner             BYTEA   NOT NULL,
    work              BYTEA   NOT NULL,
    subsidy           BIGINT  NOT NULL,
    fees              BIGINT  NOT NULL,
    size              INTEGER NOT NULL,
    transaction_count INTEGER NOT NULL
);

CREATE INDEX block_by_miner ON block (miner, height);

-- A transaction is its canonical bytes: everything else, its id too, follows from them. Its place is its height and its
-- position in the block (see store.Place), so new rows go to the end. id_order is the id's first eight bytes as a signed
-- number in the same order.
CREATE TABLE transfer (
    place    ${row_key} NOT NULL PRIMARY KEY,
    id_order BIGINT  NOT NULL,
    raw      BYTEA   NOT NULL
);

CREATE INDEX transfer_by_id ON transfer (id_order);

-- Eight bytes of a key find its few namesakes at most, and make indexes a third as large. The offsets are those of
-- sender and recipient in the canonical bytes, counted from 1.
CREATE INDEX transfer_by_sender ON transfer (substr(raw, 6, 8), place);
CREATE INDEX transfer_by_recipient ON transfer (substr(raw, 46, 8), place);

-- Money goes round, so what an account has sent in all its life may be more than there is, and more than 64 bits hold: such
-- sums are kept in two halves, high times 2^32 plus low, each the sum of the amounts' own halves. Neither overflows before
-- two thousand million transactions of one account.
CREATE TABLE account (
    key            BYTEA  NOT NULL PRIMARY KEY,
    balance        BIGINT NOT NULL,
    sent_count     BIGINT NOT NULL,
    sent_high      BIGINT NOT NULL,
    sent_low       BIGINT NOT NULL,
    fees_high      BIGINT NOT NULL,
    fees_low       BIGINT NOT NULL,
    received_count BIGINT NOT NULL,
    received_high  BIGINT NOT NULL,
    received_low   BIGINT NOT NULL,
    mined_count    BIGINT NOT NULL,
    mined_high     BIGINT NOT NULL,
    mined_low      BIGINT NOT NULL,
    allocated      BIGINT NOT NULL
) ${by_key};
