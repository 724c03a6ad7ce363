-- What the next look at a source on the web needs to know.
CREATE TABLE source (
    name     TEXT PRIMARY KEY,
    address  TEXT NOT NULL,  -- as the user named it: what follows holds for this address only
    moved    TEXT,           -- where a permanent redirect led
    etag     TEXT,
    modified TEXT,
    body     TEXT,           -- SHA-256 of the list that was read last
    retry_at TEXT,
    gone     INTEGER NOT NULL,
    failures INTEGER NOT NULL,  -- in a row
    failing  TEXT,              -- since when
    told     INTEGER NOT NULL   -- whether the user was told of this row of failures
) STRICT;

-- Every look at a source.
CREATE TABLE visit (
    source  TEXT NOT NULL,
    at      TEXT NOT NULL,
    state   TEXT NOT NULL,
    detail  TEXT NOT NULL,
    status  INTEGER,
    latency REAL,
    size    INTEGER NOT NULL,
    listed  INTEGER NOT NULL,
    new     INTEGER NOT NULL,
    edited  INTEGER NOT NULL,
    held    INTEGER NOT NULL,
    PRIMARY KEY (source, at)
) STRICT, WITHOUT ROWID;

-- Every entry that a source ever listed, by what it is known by. Rows are never taken away, so
-- that a list which lacks an entry once does not make it new again.
CREATE TABLE entry (
    source TEXT NOT NULL,
    id     TEXT NOT NULL,
    url    TEXT NOT NULL,
    words  TEXT NOT NULL,
    place  TEXT NOT NULL,
    dated  TEXT NOT NULL,
    stand  TEXT NOT NULL CHECK (stand IN ('taken', 'passed', 'held', 'waiting')),
    entry  TEXT,  -- JSON, while it is held or waits
    tries  INTEGER NOT NULL,
    PRIMARY KEY (source, id, url, words)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_url ON entry (source, url);
CREATE INDEX entry_place ON entry (source, place);
CREATE INDEX entry_dated ON entry (source, dated);
CREATE INDEX entry_open ON entry (source, stand) WHERE entry IS NOT NULL;

-- Addresses elsewhere that an article's text links to (JSON).
ALTER TABLE article ADD COLUMN links TEXT NOT NULL DEFAULT '[]';

-- Paragraphs that a source's site repeats from page to page, by their hashes.
CREATE TABLE furniture (
    source    TEXT NOT NULL,
    paragraph TEXT NOT NULL,
    PRIMARY KEY (source, paragraph)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_source ON article (source, seen);
