-- What was decided on each slot of a schedule; a slot is decided on once.
CREATE TABLE slot (
    newsletter TEXT NOT NULL,
    moment     TEXT NOT NULL,  -- in UTC
    slot       TEXT NOT NULL,  -- ISO 8601 with offset
    decided    TEXT NOT NULL,  -- when, in UTC
    state      TEXT NOT NULL CHECK (state IN ('made', 'skipped')),
    why        TEXT NOT NULL,
    PRIMARY KEY (newsletter, moment)
) STRICT, WITHOUT ROWID;

-- Since when a newsletter's schedule is kept as it is: earlier moments are none of its slots.
CREATE TABLE timetable (
    newsletter TEXT PRIMARY KEY,
    schedule   TEXT NOT NULL,
    since      TEXT NOT NULL
) STRICT;

-- Times in which a newsletter makes no issues.
CREATE TABLE pause (
    newsletter TEXT NOT NULL,
    since      TEXT NOT NULL,
    until      TEXT,  -- NULL: it lasts
    PRIMARY KEY (newsletter, since)
) STRICT, WITHOUT ROWID;

-- What the operator was told of and is not mended yet.
CREATE TABLE alarm (
    key   TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    text  TEXT NOT NULL
) STRICT;
