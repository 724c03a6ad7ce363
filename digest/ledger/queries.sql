-- name: is_known
-- Has this source given these bytes before?
SELECT 1 FROM document WHERE source = :source AND fingerprint = :fingerprint;

-- name: add_document
INSERT INTO document (source, fingerprint, origin, fetched, article, failure)
VALUES (:source, :fingerprint, :origin, :fetched, :article, :failure)
ON CONFLICT DO NOTHING;

-- name: add_article
-- An article is fixed by the first document that held it.
INSERT INTO article (id, seen, title, text, byline, published, dated_by, language, tags, site,
                     url, image, section, source, origin, sketch, summary)
VALUES (:id, :seen, :title, :text, :byline, :published, :dated_by, :language, :tags, :site,
        :url, :image, :section, :source, :origin, :sketch, :summary)
ON CONFLICT DO NOTHING;

-- name: pending
-- What a source of the newsletter gave and no issue of it has decided on. "held" decides nothing.
SELECT a.id, a.seen, a.title, length(a.text) AS length, a.published, a.language, a.site, a.url,
       a.section, a.source, a.origin, a.sketch
FROM article AS a
WHERE EXISTS (
    SELECT 1 FROM document AS d
    WHERE d.article = a.id AND d.source IN (SELECT value FROM json_each(:sources))
) AND NOT EXISTS (
    SELECT 1 FROM fate AS f JOIN issue AS i ON i.id = f.issue
    WHERE f.article = a.id AND i.newsletter = :newsletter AND f.outcome <> 'held'
)
ORDER BY a.id;

-- name: history
-- What readers of the newsletter have seen.
SELECT a.id, a.seen, a.title, length(a.text) AS length, a.published, a.language, a.site, a.url,
       a.section, a.source, a.origin, a.sketch
FROM article AS a JOIN fate AS f ON f.article = a.id JOIN issue AS i ON i.id = f.issue
WHERE i.newsletter = :newsletter AND f.outcome IN ('printed', 'listed', 'folded')
ORDER BY a.id;

-- name: article
SELECT * FROM article WHERE id = :id;

-- name: add_issue
INSERT INTO issue (id, newsletter, slot, moment, masthead, held, state)
VALUES (:id, :newsletter, :slot, :moment, :masthead, :held, :state);

-- name: add_fate
INSERT INTO fate (issue, article, outcome, why, other, position, section)
VALUES (:issue, :article, :outcome, :why, :other, :position, :section);

-- name: claimed
SELECT * FROM issue WHERE newsletter = :newsletter AND state = 'claimed' ORDER BY moment;

-- name: fates
SELECT * FROM fate WHERE issue = :issue ORDER BY position IS NULL, position, article;

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
       (SELECT detail FROM receipt AS r WHERE r.issue = i.id ORDER BY r.id DESC LIMIT 1) AS detail
FROM issue AS i WHERE i.newsletter = :newsletter ORDER BY i.moment DESC LIMIT :limit;

-- name: failures
SELECT origin, failure FROM document WHERE article IS NULL ORDER BY fetched DESC, origin LIMIT :limit;
