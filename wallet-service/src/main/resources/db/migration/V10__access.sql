-- Portable between SQLite and PostgreSQL. Of a key's secret only its SHA-256 is kept.

CREATE TABLE api_key (
    id         VARCHAR(36)  PRIMARY KEY,
    name       VARCHAR(100) NOT NULL,
    role       VARCHAR(16)  NOT NULL,
    hash       CHAR(64)     NOT NULL UNIQUE,
    created_at BIGINT       NOT NULL,
    created_by VARCHAR(300) NOT NULL,
    revoked_at BIGINT,
    revoked_by VARCHAR(300)
);

-- Append-only: what was ordered, apart from transfers, which have logs of their own.
CREATE TABLE audit_entry (
    id     CHAR(32)     PRIMARY KEY,
    at     BIGINT       NOT NULL,
    actor  VARCHAR(300) NOT NULL,
    action VARCHAR(64)  NOT NULL,
    detail TEXT         NOT NULL
);
