-- Slots from before `since` which the schedule before had as well and which stood open (JSON).
ALTER TABLE timetable ADD COLUMN kept TEXT NOT NULL DEFAULT '[]';

-- The last run of a newsletter that failed.
CREATE TABLE failure (
    newsletter TEXT PRIMARY KEY,
    at         TEXT NOT NULL,  -- in UTC
    why        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
