-- What a wallet that was restored from a backup must know of that.

-- Its numbers of steps are used a second time: ids of events bear the time of the last restoration.
ALTER TABLE event_counter ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;

-- The height behind which blocks may hold payments of held transfers: whoever takes such in looks from there on.
ALTER TABLE network ADD COLUMN held_from BIGINT;

-- 1: it was open in a backup, and the former wallet may have decided and paid it since.
ALTER TABLE approval ADD COLUMN restored INTEGER NOT NULL DEFAULT 0;
