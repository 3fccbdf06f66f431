-- Older blocks are looked through for what they paid to accounts that came later; the end is fixed when that begins.
-- `request` tells a search from one that was asked for while it was under way.
CREATE TABLE received_search (
    network     CHAR(64) PRIMARY KEY,
    request     BIGINT NOT NULL,
    next_height BIGINT NOT NULL,
    end_height  BIGINT
);
