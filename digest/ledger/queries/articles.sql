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
                     url, image, links, section, source, origin, sketch, summary, changed)
VALUES (:id, :seen, :title, :text, :byline, :published, :dated_by, :language, :tags, :site,
        :url, :image, :links, :section, :source, :origin, :sketch, :summary, :changed)
ON CONFLICT DO NOTHING;

-- name: pending
-- What a source of the newsletter gave and no issue of it has decided on.
SELECT a.id, a.seen, a.title, length(a.text) AS length, substr(a.text, 1, 800) AS opening,
       a.published, a.language, a.site, a.url, a.section, a.byline, a.tags, a.links, a.source,
       a.origin, a.sketch, a.changed
FROM article AS a
WHERE EXISTS (
    SELECT 1 FROM document AS d
    WHERE d.article = a.id AND d.source IN (SELECT value FROM json_each(:sources))
) AND NOT EXISTS (
    SELECT 1 FROM fate AS f JOIN issue AS i ON i.id = f.issue
    WHERE f.article = a.id AND i.newsletter = :newsletter AND f.outcome NOT IN ('held', 'changing')
)
ORDER BY a.id;

-- name: history
-- What readers of the newsletter have seen.
SELECT a.id, a.seen, a.title, length(a.text) AS length, substr(a.text, 1, 800) AS opening,
       a.published, a.language, a.site, a.url, a.section, a.byline, a.tags, a.links, a.source,
       a.origin, a.sketch, a.changed
FROM article AS a JOIN fate AS f ON f.article = a.id JOIN issue AS i ON i.id = f.issue
WHERE i.newsletter = :newsletter AND f.outcome IN ('printed', 'listed', 'folded')
ORDER BY a.id;

-- name: sketches
-- Of the last articles that a source gave under one address.
SELECT id, sketch FROM article
WHERE source = :source AND origin = :origin ORDER BY seen DESC LIMIT :limit;

-- name: article
SELECT * FROM article WHERE id = :id;

-- name: failures
SELECT origin, failure FROM document WHERE article IS NULL ORDER BY fetched DESC, origin LIMIT :limit;
