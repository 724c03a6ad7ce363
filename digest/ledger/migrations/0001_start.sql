-- Every document that was read, by its bytes; the same bytes may come from several sources.
CREATE TABLE document (
    source      TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    origin      TEXT NOT NULL,
    fetched     TEXT NOT NULL,
    article     TEXT REFERENCES article (id),  -- NULL: it could not be read
    failure     TEXT,                          -- why not
    PRIMARY KEY (source, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_article ON document (article);

-- Every article, as it was read the first time. Rows never change.
CREATE TABLE article (
    id        TEXT PRIMARY KEY,
    seen      TEXT NOT NULL,
    title     TEXT NOT NULL,
    text      TEXT NOT NULL,
    byline    TEXT,
    published TEXT,
    language  TEXT NOT NULL,
    site      TEXT,
    url       TEXT,
    image     TEXT,
    section   TEXT,
    source    TEXT NOT NULL,
    origin    TEXT NOT NULL,
    sketch    BLOB NOT NULL,
    summary   TEXT NOT NULL  -- JSON: spans into text
) STRICT;

-- One row for each issue; a slot can be taken once.
CREATE TABLE issue (
    id         TEXT PRIMARY KEY,
    newsletter TEXT NOT NULL,
    slot       TEXT NOT NULL,  -- ISO 8601 with offset
    moment     TEXT NOT NULL,  -- the same in UTC, to compare and to order by
    masthead   TEXT NOT NULL,  -- JSON: the newsletter as it was
    held       INTEGER NOT NULL,  -- how many articles wait for the next issue
    -- "empty": every candidate was left out, so that there was nothing to deliver
    state      TEXT NOT NULL CHECK (state IN ('claimed', 'empty', 'accepted', 'refused')),
    UNIQUE (newsletter, moment)
) STRICT;

-- What became of each candidate of an issue, and where it stands in print.
CREATE TABLE fate (
    issue    TEXT NOT NULL REFERENCES issue (id),
    article  TEXT NOT NULL REFERENCES article (id),
    outcome  TEXT NOT NULL,
    why      TEXT NOT NULL,
    other    TEXT REFERENCES article (id),
    position INTEGER,  -- in the order of print; NULL if readers do not see it
    section  TEXT,
    PRIMARY KEY (issue, article)
) STRICT, WITHOUT ROWID;

CREATE INDEX fate_article ON fate (article);

CREATE TABLE receipt (
    id     INTEGER PRIMARY KEY,
    issue  TEXT NOT NULL REFERENCES issue (id),
    state  TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
