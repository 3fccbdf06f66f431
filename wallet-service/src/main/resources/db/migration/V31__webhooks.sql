-- Who is told of transfers. `position`: up to which step deliveries were made of what it wants.
CREATE TABLE webhook (
    id            VARCHAR(36)   PRIMARY KEY,
    label         VARCHAR(100)  NOT NULL,
    url           VARCHAR(2000) NOT NULL,
    sealed_secret TEXT          NOT NULL,
    states        VARCHAR(200)  NOT NULL,
    wallet_id     VARCHAR(36),
    position      BIGINT        NOT NULL,
    created_at    BIGINT        NOT NULL,
    created_by    VARCHAR(300)  NOT NULL,
    last_seq      BIGINT,
    last_at       BIGINT,
    last_result   VARCHAR(200)
);

-- A step that is still to be told, or that was given up. What was delivered is deleted.
CREATE TABLE webhook_delivery (
    webhook_id  VARCHAR(36) NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    seq         BIGINT      NOT NULL,
    state       VARCHAR(16) NOT NULL,
    attempts    INTEGER     NOT NULL,
    next_at     BIGINT      NOT NULL,
    last_at     BIGINT,
    last_result VARCHAR(200),
    PRIMARY KEY (webhook_id, seq)
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, state, next_at);
