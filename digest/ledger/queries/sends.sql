-- name: add_edition
-- The first rendering stays: a template that was changed since changes no issue.
INSERT INTO edition (issue, sections, subject, preheader, html, text, fingerprint)
VALUES (:issue, :sections, :subject, :preheader, :html, :text, :fingerprint)
ON CONFLICT DO NOTHING;

-- name: editions
SELECT * FROM edition WHERE issue = :issue ORDER BY sections;

-- name: plan
-- A row for each recipient with these topics. Those who are planned already keep theirs.
INSERT INTO send (issue, recipient, sections, state, words)
SELECT :issue, id, :sections, :state, :words FROM recipient
WHERE newsletter = :newsletter AND topics = :topics AND suppressed IS NULL
ON CONFLICT DO NOTHING;

-- name: began
SELECT began FROM mailing WHERE issue = :issue;

-- name: begin
INSERT INTO mailing (issue, began) VALUES (:issue, :began);

-- name: ready
SELECT s.recipient, s.sections, s.attempts, r.address, r.name, r.fields, r.topics, r.timezone,
       r.suppressed
FROM send AS s LEFT JOIN recipient AS r ON r.id = s.recipient
WHERE s.issue = :issue AND s.state IN ('planned', 'deferred') AND s.due <= :now
ORDER BY s.due, s.recipient LIMIT :limit;

-- name: set_send
UPDATE send SET state = :state, due = :due, code = :code, words = :words, attempts = :attempts,
                doubted = doubted + :doubt
WHERE issue = :issue AND recipient = :recipient;

-- name: mark
UPDATE send SET state = :state WHERE issue = :issue AND recipient = :recipient;

-- name: mark_leased
UPDATE send SET state = 'leased'
WHERE issue = :issue AND recipient IN (SELECT value FROM json_each(:recipients));

-- name: move
-- All rows of one state to another.
UPDATE send SET state = :to, words = :words, doubted = doubted + :doubt
WHERE issue = :issue AND state = :state;

-- name: take_lease
INSERT INTO lease (issue, boot) VALUES (:issue, :boot)
ON CONFLICT (issue) DO UPDATE SET boot = excluded.boot;

-- name: lease
SELECT boot FROM lease WHERE issue = :issue;

-- name: end_lease
DELETE FROM lease WHERE issue = :issue;

-- name: counts
SELECT state, count(*) AS number, sum(doubted > 0) AS doubted
FROM send WHERE issue = :issue GROUP BY state;

-- name: next_due
-- Of those who have not been tried it is '', which comes before every moment.
SELECT min(due) AS due FROM send WHERE issue = :issue AND state IN ('planned', 'deferred');

-- name: untried
SELECT 1 FROM send WHERE issue = :issue AND state = 'expired' AND attempts = 0 LIMIT 1;

-- name: sends
-- Who is in one of these states, a page at a time.
SELECT s.recipient, s.state, s.attempts, s.due, s.doubted, s.code, s.words, r.address
FROM send AS s LEFT JOIN recipient AS r ON r.id = s.recipient
WHERE s.issue = :issue AND s.recipient > :after
  AND s.state IN (SELECT value FROM json_each(:states))
ORDER BY s.recipient LIMIT :limit;

-- name: send_to
SELECT s.recipient, s.sections, s.state, s.words FROM send AS s
JOIN recipient AS r ON r.id = s.recipient
WHERE s.issue = :issue AND r.newsletter = :newsletter AND r.key = :key;

-- name: doubted
SELECT s.recipient, s.state, s.attempts, s.due, s.doubted, s.code, s.words, r.address
FROM send AS s LEFT JOIN recipient AS r ON r.id = s.recipient
WHERE s.issue = :issue AND (s.doubted > 0 OR s.state = 'sending') AND s.recipient > :after
ORDER BY s.recipient LIMIT :limit;

-- name: reasons
-- What was said of those who have not got it, by how often.
SELECT state, code, words, count(*) AS number FROM send
WHERE issue = :issue AND state <> 'sent' AND words <> '' GROUP BY state, code, words
ORDER BY number DESC LIMIT :limit;
