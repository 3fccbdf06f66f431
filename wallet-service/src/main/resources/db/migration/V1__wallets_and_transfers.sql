-- Portable between SQLite and PostgreSQL: keys, hashes and sealed secrets are text, times are milliseconds since 1970.

CREATE TABLE vault (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    source     VARCHAR(16) NOT NULL,
    salt       VARCHAR(64) NOT NULL,
    memory_kib INTEGER     NOT NULL,
    iterations INTEGER     NOT NULL,
    probe      TEXT        NOT NULL
);

CREATE TABLE wallet (
    id             VARCHAR(36) PRIMARY KEY,
    label          VARCHAR(100) NOT NULL,
    sealed_entropy TEXT         NOT NULL,
    created_at     BIGINT       NOT NULL
);

CREATE INDEX wallet_by_age ON wallet (created_at, id);

CREATE TABLE account (
    wallet_id     VARCHAR(36) NOT NULL REFERENCES wallet (id),
    account_index INTEGER     NOT NULL,
    public_key    CHAR(64)    NOT NULL UNIQUE,
    created_at    BIGINT      NOT NULL,
    PRIMARY KEY (wallet_id, account_index)
);

CREATE TABLE transfer (
    id              CHAR(32) PRIMARY KEY,
    network         CHAR(64)     NOT NULL,
    wallet_id       VARCHAR(36)  NOT NULL REFERENCES wallet (id),
    account_index   INTEGER      NOT NULL,
    sender          CHAR(64)     NOT NULL,
    kind            VARCHAR(16)  NOT NULL,
    recipient       CHAR(64)     NOT NULL,
    amount          BIGINT       NOT NULL,
    fee             BIGINT       NOT NULL,
    valid_until     BIGINT       NOT NULL,
    memo            TEXT         NOT NULL,
    idempotency_key VARCHAR(255),
    request_hash    VARCHAR(64)  NOT NULL,
    created_at      BIGINT       NOT NULL,
    state           VARCHAR(16)  NOT NULL,
    version         INTEGER      NOT NULL,
    updated_at      BIGINT       NOT NULL,
    nonce           BIGINT,
    raw             TEXT,
    height          BIGINT,
    block           CHAR(64),
    reason_code     VARCHAR(64),
    reason          TEXT,
    transaction_id  CHAR(64)
);

-- A request is accepted once.
CREATE UNIQUE INDEX transfer_by_idempotency_key ON transfer (network, wallet_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- A nonce is handed out once: the lanes see to it, and the database would rather fail than pay double.
CREATE UNIQUE INDEX transfer_by_nonce ON transfer (network, sender, nonce)
    WHERE state IN ('reserved', 'signed', 'submitted', 'mined');

CREATE INDEX transfer_open ON transfer (network, id)
    WHERE state IN ('requested', 'reserved', 'signed', 'submitted', 'mined');
CREATE INDEX transfer_by_wallet ON transfer (network, wallet_id, id);
-- Ended, and yet its bytes are in the world: a chain that comes back may still hold it.
CREATE INDEX transfer_ended ON transfer (network, transaction_id)
    WHERE state IN ('failed', 'replaced', 'expired') AND transaction_id IS NOT NULL;

CREATE INDEX transfer_final ON transfer (network, height) WHERE state = 'final';

-- Append-only.
CREATE TABLE transfer_event (
    transfer_id CHAR(32)    NOT NULL REFERENCES transfer (id),
    version     INTEGER     NOT NULL,
    at          BIGINT      NOT NULL,
    state       VARCHAR(16) NOT NULL,
    actor       VARCHAR(300) NOT NULL,
    cause       TEXT        NOT NULL,
    PRIMARY KEY (transfer_id, version)
);

CREATE TABLE network (
    hash      CHAR(64) PRIMARY KEY,
    best_work TEXT NOT NULL
);

CREATE TABLE followed_block (
    network CHAR(64) NOT NULL,
    height  BIGINT   NOT NULL,
    hash    CHAR(64) NOT NULL,
    PRIMARY KEY (network, height)
);
