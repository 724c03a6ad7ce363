-- When the words of an article on the web are last known to have changed, in UTC; NULL: never.
ALTER TABLE article ADD COLUMN changed TEXT;

CREATE INDEX article_origin ON article (source, origin, seen);

-- When the scheduler last began to look at a source.
CREATE TABLE gathering (
    source TEXT PRIMARY KEY,
    begun  TEXT NOT NULL  -- in UTC
) STRICT, WITHOUT ROWID;

-- What the operator could not be told of is told later.
ALTER TABLE alarm ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;  -- in vain
ALTER TABLE alarm ADD COLUMN due TEXT;                          -- in UTC; NULL: it was told
