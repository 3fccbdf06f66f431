-- Signed for a transfer, and another one of the same nonce was signed later: either may be mined.
CREATE TABLE former_transaction (
    transaction_id CHAR(64) PRIMARY KEY,
    transfer_id    CHAR(32) NOT NULL REFERENCES transfer (id),
    raw            TEXT     NOT NULL
);

CREATE INDEX former_transaction_by_transfer ON former_transaction (transfer_id);
