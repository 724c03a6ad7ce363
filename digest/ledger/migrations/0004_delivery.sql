-- Who gets a newsletter.
CREATE TABLE recipient (
    id         INTEGER PRIMARY KEY,
    newsletter TEXT NOT NULL,
    address    TEXT NOT NULL,
    key        TEXT NOT NULL,  -- the address as it is compared
    name       TEXT NOT NULL,
    fields     TEXT NOT NULL,  -- JSON: pairs of name and value
    topics     TEXT NOT NULL,  -- JSON: names of sections; an empty list is all of them
    timezone   TEXT,
    suppressed TEXT,           -- why it is written to no more; NULL if it is
    UNIQUE (newsletter, key)
) STRICT;

-- The rendered issue, frozen before the first message leaves; one row for each choice of sections.
CREATE TABLE edition (
    issue       TEXT NOT NULL REFERENCES issue (id),
    sections    TEXT NOT NULL,  -- their numbers, such as '0,2'; '' for the whole issue
    subject     TEXT NOT NULL,
    preheader   TEXT NOT NULL,
    html        TEXT NOT NULL,
    text        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,  -- SHA-256 of what is above
    PRIMARY KEY (issue, sections)
) STRICT;

-- One row for each issue and recipient: what became of the message.
CREATE TABLE send (
    issue     TEXT NOT NULL REFERENCES issue (id),
    recipient INTEGER NOT NULL,  -- stays when the recipient is removed, so that the counts add up
    sections  TEXT NOT NULL,
    state     TEXT NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    due       TEXT NOT NULL DEFAULT '',     -- in UTC; when it may be tried again
    doubted   INTEGER NOT NULL DEFAULT 0,   -- how often it was in flight when the line broke
    code      INTEGER,
    words     TEXT NOT NULL DEFAULT '',     -- the server's
    PRIMARY KEY (issue, recipient)
) STRICT, WITHOUT ROWID;

-- Who waits. What is under way or done is not in it, so that sending need not write it.
CREATE INDEX send_ready ON send (issue, due) WHERE state IN ('planned', 'deferred');

-- When an issue began to go out: its recipients were planned then.
CREATE TABLE mailing (
    issue TEXT PRIMARY KEY REFERENCES issue (id),
    began TEXT NOT NULL
) STRICT;

-- The run that has taken rows of `send` into its hands; a row that is left tells of a killed run.
CREATE TABLE lease (
    issue TEXT PRIMARY KEY REFERENCES issue (id),
    boot  TEXT NOT NULL  -- of the machine: after another boot, unsynced intents may be gone
) STRICT;
