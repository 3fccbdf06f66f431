-- Until when one replica tells this webhook: the others leave it alone, so that it is told in order.
ALTER TABLE webhook ADD COLUMN busy_until BIGINT NOT NULL DEFAULT 0;
