-- What was seen and when. Each table's number rises by one from row to row, so the oldest rows lie at the beginning and a
-- bound on rows is a range of numbers.

-- Events as they were told to whoever listened, and every minute where each node stood.
CREATE TABLE told (
    number      ${row_key} NOT NULL PRIMARY KEY,
    network     BYTEA  NOT NULL,
    time_millis BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    json        TEXT   NOT NULL
);

CREATE INDEX told_by_time ON told (network, time_millis, number);

-- Blocks of all branches: when each node, by its key, took it for its tip (a JSON object).
CREATE TABLE seen_block (
    number            ${row_key} NOT NULL PRIMARY KEY,
    network           BYTEA   NOT NULL,
    hash              BYTEA   NOT NULL,
    parent            BYTEA   NOT NULL,
    height            BIGINT  NOT NULL,
    timestamp_millis  BIGINT  NOT NULL,
    work              BYTEA   NOT NULL,
    miner             TEXT    NOT NULL,
    transaction_count INTEGER NOT NULL,
    time_millis       BIGINT  NOT NULL,
    arrivals          TEXT    NOT NULL,
    UNIQUE (network, hash)
);

CREATE INDEX seen_block_by_height ON seen_block (network, height);

-- A page of a transaction's passport: the stamps (a JSON array of arrays) that came within one write. id_order is as in
-- the table of transfers.
CREATE TABLE passport_page (
    number      ${row_key} NOT NULL PRIMARY KEY,
    id_order    BIGINT NOT NULL,
    id          BYTEA  NOT NULL,
    time_millis BIGINT NOT NULL,
    stamps      TEXT   NOT NULL
);

CREATE INDEX passport_page_by_id ON passport_page (id_order);
