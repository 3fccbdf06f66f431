-- With PostgreSQL: which explorer writes the index and the history. Each of its writes renews the row, so the row is locked
-- while a write is under way, and nobody takes it over then.
CREATE TABLE index_writer (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    holder     TEXT    NOT NULL,
    expires_at BIGINT  NOT NULL
);
