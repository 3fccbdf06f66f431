-- Many transfers that were accepted as one.
CREATE TABLE payout (
    id              CHAR(32) PRIMARY KEY,
    network         CHAR(64)     NOT NULL,
    wallet_id       VARCHAR(36)  NOT NULL REFERENCES wallet (id),
    idempotency_key VARCHAR(255) NOT NULL,
    request_hash    VARCHAR(64)  NOT NULL,
    created_at      BIGINT       NOT NULL,
    line_count      INTEGER      NOT NULL,
    total           BIGINT       NOT NULL,
    UNIQUE (network, wallet_id, idempotency_key)
);

CREATE TABLE payout_line (
    payout_id   CHAR(32) NOT NULL REFERENCES payout (id),
    line        INTEGER  NOT NULL,
    transfer_id CHAR(32) NOT NULL UNIQUE REFERENCES transfer (id),
    PRIMARY KEY (payout_id, line)
);
