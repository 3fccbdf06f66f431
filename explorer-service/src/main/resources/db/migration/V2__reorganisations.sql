-- A node left a branch for another. Two explorers on one database write what a node told them once.
CREATE TABLE reorganisation (
    network     BYTEA   NOT NULL,
    time_millis BIGINT  NOT NULL,
    node_key    TEXT    NOT NULL,
    node        TEXT    NOT NULL,
    fork        BYTEA   NOT NULL,
    fork_height BIGINT  NOT NULL,
    from_tip    BYTEA   NOT NULL,
    to_tip      BYTEA   NOT NULL,
    to_height   BIGINT  NOT NULL,
    depth       INTEGER NOT NULL,
    returned    INTEGER,
    PRIMARY KEY (network, time_millis, node_key)
);
