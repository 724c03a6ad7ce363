-- name: past
SELECT s.*, (SELECT at FROM visit AS v
             WHERE v.source = :source AND v.state IN ('ok', 'unchanged')
             ORDER BY at DESC LIMIT 1) AS read
FROM source AS s WHERE s.name = :source;

-- name: arrivals
-- Day by day, so that they tell the same of a source however often it is looked at. The first
-- visit that was read is left out: it brings the back catalogue.
SELECT max(at) AS at, sum(new) AS new FROM visit
WHERE source = :source AND new > 0
  AND at > (SELECT min(at) FROM visit WHERE source = :source AND state = 'ok')
GROUP BY substr(at, 1, 10) ORDER BY at DESC LIMIT 30;

-- name: known
-- One search for each index; a single OR would read the whole source.
SELECT id, url, words, place, dated, stand FROM entry
WHERE source = :source AND id IN (SELECT value FROM json_each(:id))
UNION SELECT id, url, words, place, dated, stand FROM entry
WHERE source = :source AND url IN (SELECT value FROM json_each(:url))
UNION SELECT id, url, words, place, dated, stand FROM entry
WHERE source = :source AND place IN (SELECT value FROM json_each(:place))
UNION SELECT id, url, words, place, dated, stand FROM entry
WHERE source = :source AND dated IN (SELECT value FROM json_each(:dated));

-- name: waiting
-- "entry IS NOT NULL" lets the small index of open entries be used, here and below.
SELECT * FROM entry
WHERE source = :source AND stand = 'waiting' AND entry IS NOT NULL ORDER BY id;

-- name: held
SELECT source, count(*) AS entries FROM entry
WHERE stand = 'held' AND entry IS NOT NULL AND source IN (SELECT value FROM json_each(:sources))
GROUP BY source;

-- name: retired
SELECT name FROM source
WHERE gone AND name IN (SELECT value FROM json_each(:sources)) ORDER BY name;

-- name: note
INSERT INTO entry (source, id, url, words, place, dated, stand, entry, tries)
VALUES (:source, :id, :url, :words, :place, :dated, :stand, :entry, :tries)
ON CONFLICT DO UPDATE
SET stand = excluded.stand, entry = excluded.entry, tries = excluded.tries;

-- name: release
UPDATE entry SET stand = 'waiting'
WHERE source = :source AND stand = 'held' AND entry IS NOT NULL;

-- name: discard
UPDATE entry SET stand = 'passed', entry = NULL
WHERE source = :source AND stand = 'held' AND entry IS NOT NULL;

-- name: add_visit
INSERT INTO visit (source, at, state, detail, status, latency, size, listed, new, edited, held)
VALUES (:source, :at, :state, :detail, :status, :latency, :size, :listed, :new, :edited, :held)
ON CONFLICT DO NOTHING;

-- name: prune_visits
-- Old visits that nothing is read from: what stays are the first and the last that were read, and
-- the days of arrivals that tell a source's rhythm.
DELETE FROM visit
WHERE source = :source AND at < :before
  AND (new = 0 OR at < (
    SELECT min(day) FROM (
        SELECT substr(at, 1, 10) AS day FROM visit WHERE source = :source AND new > 0
        GROUP BY day ORDER BY day DESC LIMIT 31
    )))
  AND at NOT IN (
    SELECT * FROM (SELECT at FROM visit WHERE source = :source AND state = 'ok'
                   ORDER BY at LIMIT 1)
    UNION ALL
    SELECT * FROM (SELECT at FROM visit WHERE source = :source AND state IN ('ok', 'unchanged')
                   ORDER BY at DESC LIMIT 1));

-- name: read_source
-- A list that was read, or that has not changed: what was remembered holds where nothing is said.
INSERT INTO source (name, address, moved, etag, modified, body, retry_at, gone, failures, told)
VALUES (:source, :address, :moved, :etag, :modified, :body, :retry_at, 0, 0, 0)
ON CONFLICT DO UPDATE
SET address = excluded.address, moved = excluded.moved, etag = excluded.etag,
    modified = excluded.modified, body = excluded.body, retry_at = excluded.retry_at,
    gone = 0, failures = 0, failing = NULL, told = 0;

-- name: missed_source
-- A list that could not be read: what made the last request conditional stays, but the next one
-- goes to the address that the user named. At another address a new row of failures begins.
INSERT INTO source (name, address, retry_at, gone, failures, failing, told)
VALUES (:source, :address, :retry_at, :gone, 1, :at, 0)
ON CONFLICT DO UPDATE
SET moved = NULL,
    etag = iif(address = excluded.address, etag, NULL),
    modified = iif(address = excluded.address, modified, NULL),
    body = iif(address = excluded.address, body, NULL),
    address = excluded.address, retry_at = excluded.retry_at, gone = excluded.gone,
    failures = iif(address = excluded.address, failures, 0) + 1,
    failing = iif(address = excluded.address, coalesce(failing, excluded.failing), excluded.failing),
    told = iif(address = excluded.address, told, 0);

-- name: outages
SELECT s.name, s.failing, s.failures,
       (SELECT detail FROM visit AS v WHERE v.source = s.name ORDER BY at DESC LIMIT 1) AS detail
FROM source AS s
WHERE s.failures >= :failures AND NOT s.gone AND (:again OR NOT s.told)
  AND s.name IN (SELECT value FROM json_each(:sources))
ORDER BY s.name;

-- name: told_source
UPDATE source SET told = 1 WHERE name = :source;

-- name: visits
SELECT * FROM visit WHERE source = :source AND at >= :since ORDER BY at;

-- name: last_visits
SELECT * FROM (SELECT * FROM visit WHERE source = :source AND at >= :since
               AND state IN ('ok', 'unchanged') ORDER BY at DESC LIMIT 1)
UNION
SELECT * FROM (SELECT * FROM visit WHERE source = :source AND at >= :since
               ORDER BY at DESC LIMIT 1)
ORDER BY at;

-- name: given
-- When a source gave articles.
SELECT fetched FROM document
WHERE source = :source AND article IS NOT NULL AND fetched >= :since ORDER BY fetched;

-- name: texts
-- The last articles of a source; of several versions of one the last. With max() alone, SQLite
-- takes the other columns from the row that has it.
SELECT text, max(seen) FROM (
    SELECT text, title, max(seen) AS seen FROM (
        SELECT text, title, coalesce(url, id) AS place, seen FROM article
        WHERE source = :source ORDER BY seen DESC LIMIT :limit
    ) GROUP BY place
) GROUP BY title;

-- name: furniture
SELECT paragraph FROM furniture WHERE source = :source;

-- name: add_furniture
INSERT INTO furniture (source, paragraph) VALUES (:source, :paragraph) ON CONFLICT DO NOTHING;
