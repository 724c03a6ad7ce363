-- name: add_issue
INSERT INTO issue (id, newsletter, slot, moment, masthead, held, state)
VALUES (:id, :newsletter, :slot, :moment, :masthead, :held, :state);

-- name: add_fate
INSERT INTO fate (issue, article, outcome, why, other, position, section)
VALUES (:issue, :article, :outcome, :why, :other, :position, :section);

-- name: claimed
SELECT * FROM issue WHERE newsletter = :newsletter AND state = 'claimed' ORDER BY moment;

-- name: issue
SELECT * FROM issue WHERE id = :id;

-- name: leftovers
SELECT DISTINCT f.article FROM fate AS f JOIN issue AS i ON i.id = f.issue
WHERE i.newsletter = :newsletter AND f.outcome = 'held';

-- name: fates
SELECT * FROM fate WHERE issue = :issue ORDER BY position IS NULL, position, article;

-- name: told
-- What became of each candidate of an issue, and what a list shows of it.
SELECT f.article, f.outcome, f.why, f.other, a.seen, a.title, a.url, a.site, a.published,
       a.language, a.source, a.origin
FROM fate AS f JOIN article AS a ON a.id = f.article
WHERE f.issue = :issue ORDER BY f.position IS NULL, f.position, f.article;

-- name: titles
SELECT id, title FROM article WHERE id IN (SELECT value FROM json_each(:articles));

-- name: is_taken
SELECT 1 FROM issue WHERE newsletter = :newsletter AND moment = :moment;

-- name: add_receipt
INSERT INTO receipt (issue, state, detail) VALUES (:issue, :state, :detail);

-- name: set_state
UPDATE issue SET state = :state WHERE id = :issue;

-- name: issues
-- The last issues with what went in and the last word on them.
SELECT i.id, i.slot, i.state,
       (SELECT count(*) FROM fate AS f WHERE f.issue = i.id AND f.outcome = 'printed') AS printed,
       (SELECT count(*) FROM fate AS f WHERE f.issue = i.id AND f.outcome = 'listed') AS listed,
       (SELECT count(*) FROM fate AS f
        WHERE f.issue = i.id AND f.outcome NOT IN ('printed', 'listed')) AS others,
       (SELECT detail FROM receipt AS r WHERE r.issue = i.id ORDER BY r.id DESC LIMIT 1) AS detail,
       (SELECT subject FROM edition AS e WHERE e.issue = i.id AND e.sections = '') AS subject,
       EXISTS (SELECT 1 FROM mailing AS m WHERE m.issue = i.id) AS mailed
FROM issue AS i WHERE i.newsletter = :newsletter ORDER BY i.moment DESC LIMIT :limit;
