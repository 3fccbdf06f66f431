-- A process of the wallet. It is alive as long as its row is there; each of its writes renews it.
CREATE TABLE replica (
    id           VARCHAR(36) PRIMARY KEY,
    lease_millis BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);

-- A sender's lane is held by one replica at a time, and is free when that replica is gone.
CREATE TABLE lane (
    network CHAR(64)    NOT NULL,
    sender  CHAR(64)    NOT NULL,
    holder  VARCHAR(36) NOT NULL REFERENCES replica (id) ON DELETE CASCADE,
    PRIMARY KEY (network, sender)
);

CREATE INDEX lane_by_holder ON lane (holder);
