-- One row: the name of the notes that were kept last. Whoever was not told that they were brings them again.
CREATE TABLE last_notes (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    notes TEXT    NOT NULL
);
