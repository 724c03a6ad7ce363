-- name: timetable
SELECT schedule, since, kept FROM timetable WHERE newsletter = :newsletter;

-- name: set_timetable
INSERT INTO timetable (newsletter, schedule, since, kept)
VALUES (:newsletter, :schedule, :since, :kept)
ON CONFLICT (newsletter) DO UPDATE
SET schedule = excluded.schedule, since = excluded.since, kept = excluded.kept;

-- name: decided
-- An issue proves its slot, also if its run died then. What a clock that went ahead has skipped
-- is still to come.
SELECT moment FROM slot
WHERE newsletter = :newsletter AND moment >= :from AND (state = 'made' OR decided <= :now)
UNION
SELECT moment FROM issue WHERE newsletter = :newsletter AND moment >= :from;

-- name: decide_slot
-- The first word on a slot stays, unless a clock that was ahead has spoken it.
INSERT INTO slot (newsletter, moment, slot, decided, state, why)
VALUES (:newsletter, :moment, :slot, :decided, :state, :why)
ON CONFLICT (newsletter, moment) DO UPDATE
SET decided = excluded.decided, state = excluded.state, why = excluded.why
WHERE slot.state = 'skipped' AND slot.decided > excluded.decided;

-- name: slots
-- Of the past only: what a clock that was ahead has skipped is still to come.
SELECT slot, decided, state, why FROM slot
WHERE newsletter = :newsletter AND state IN (SELECT value FROM json_each(:states))
  AND moment <= :now AND (state = 'made' OR decided <= :now)
ORDER BY moment DESC LIMIT :limit;

-- name: failure
-- One that lies in the future was noted by a clock that was ahead.
SELECT at, why FROM failure WHERE newsletter = :newsletter AND at <= :now;

-- name: set_failure
INSERT INTO failure (newsletter, at, why) VALUES (:newsletter, :at, :why)
ON CONFLICT (newsletter) DO UPDATE SET at = excluded.at, why = excluded.why;

-- name: pauses
SELECT since, until FROM pause
WHERE newsletter = :newsletter AND (until IS NULL OR until > :after) ORDER BY since;

-- name: paused
SELECT since FROM pause WHERE newsletter = :newsletter AND until IS NULL;

-- name: add_pause
INSERT INTO pause (newsletter, since) VALUES (:newsletter, :since) ON CONFLICT DO NOTHING;

-- name: end_pause
UPDATE pause SET until = :until WHERE newsletter = :newsletter AND until IS NULL;

-- name: gathering
SELECT source, begun FROM gathering WHERE source IN (SELECT value FROM json_each(:sources));

-- name: begin_gathering
INSERT INTO gathering (source, begun) VALUES (:source, :begun)
ON CONFLICT (source) DO UPDATE SET begun = excluded.begun;

-- name: forget_gathering
DELETE FROM gathering
WHERE source IN (SELECT value FROM json_each(:sources)) AND begun = :begun
  AND NOT EXISTS (SELECT 1 FROM visit AS v WHERE v.source = gathering.source AND v.at = :begun);

-- name: alarms
SELECT key, since, text, tries, due FROM alarm ORDER BY since, key;

-- name: set_alarm
INSERT INTO alarm (key, since, text, tries, due) VALUES (:key, :since, :text, :tries, :due)
ON CONFLICT (key) DO UPDATE
SET text = excluded.text, tries = excluded.tries, due = excluded.due;

-- name: end_alarm
DELETE FROM alarm WHERE key = :key;
