-- Portable between SQLite and PostgreSQL. Sums are in mon.

-- `changes` is raised by each reservation: that locks the row, so that two requests at once are counted one after the other.
CREATE TABLE policy (
    wallet_id      VARCHAR(36) PRIMARY KEY REFERENCES wallet (id),
    max_transfer   BIGINT,
    max_day        BIGINT,
    approval_above BIGINT,
    changes        BIGINT NOT NULL
);

CREATE TABLE policy_recipient (
    wallet_id  VARCHAR(36) NOT NULL REFERENCES policy (wallet_id),
    public_key CHAR(64)    NOT NULL,
    PRIMARY KEY (wallet_id, public_key)
);

-- What was counted against the limit of the day; older lines are deleted. `id` is a hash of what was asked for, so that
-- asking again counts nothing more; `holders` are the calls that have not taken theirs back.
CREATE TABLE policy_spend (
    id        VARCHAR(64) PRIMARY KEY,
    wallet_id VARCHAR(36) NOT NULL REFERENCES policy (wallet_id),
    at        BIGINT      NOT NULL,
    cost      BIGINT      NOT NULL,
    holders   INTEGER     NOT NULL
);

CREATE INDEX policy_spend_by_time ON policy_spend (wallet_id, at);

CREATE TABLE approval (
    id              VARCHAR(36)  PRIMARY KEY,
    network         CHAR(64)     NOT NULL,
    wallet_id       VARCHAR(36)  NOT NULL REFERENCES wallet (id),
    request         TEXT         NOT NULL,
    idempotency_key VARCHAR(255),
    request_hash    CHAR(64)     NOT NULL,
    state           VARCHAR(32)  NOT NULL,
    requested_by    VARCHAR(300) NOT NULL,
    created_at      BIGINT       NOT NULL,
    decided_by      VARCHAR(300),
    decided_at      BIGINT,
    transfer_id     VARCHAR(32)
);

CREATE UNIQUE INDEX approval_by_idempotency_key ON approval (network, wallet_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE INDEX approval_by_state ON approval (state, created_at);
