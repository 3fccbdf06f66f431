-- What a webhook is told of: steps of received payments too, so types in the place of states. Those of before were told of
-- transfers alone, and stay so.
ALTER TABLE webhook ADD COLUMN types VARCHAR(400) NOT NULL DEFAULT '';
UPDATE webhook SET types = CASE WHEN states = '' THEN 'transfer' ELSE 'transfer.' || REPLACE(states, ',', ',transfer.') END;
ALTER TABLE webhook DROP COLUMN states;
