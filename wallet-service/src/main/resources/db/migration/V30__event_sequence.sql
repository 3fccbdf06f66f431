-- One order of all steps, in which they were committed: whoever read up to a number misses nothing below it.
CREATE TABLE event_counter (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    last BIGINT NOT NULL
);

ALTER TABLE transfer_event ADD COLUMN seq BIGINT;

UPDATE transfer_event SET seq = numbered.number FROM (
    SELECT transfer_id AS id, version AS step, ROW_NUMBER() OVER (ORDER BY at, transfer_id, version) AS number
    FROM transfer_event
) AS numbered WHERE transfer_event.transfer_id = numbered.id AND transfer_event.version = numbered.step;

INSERT INTO event_counter (id, last) SELECT 1, COALESCE(MAX(seq), 0) FROM transfer_event;

CREATE UNIQUE INDEX transfer_event_by_seq ON transfer_event (seq);
