-- name: put_recipient
-- A new one, or new facts of a known one. Who left stays away, whatever list is read again.
INSERT INTO recipient (newsletter, address, key, name, fields, topics, timezone, suppressed)
VALUES (:newsletter, :address, :key, :name, :fields, :topics, :timezone, :suppressed)
ON CONFLICT (newsletter, key) DO UPDATE SET
    address = excluded.address, name = excluded.name, fields = excluded.fields,
    topics = excluded.topics, timezone = excluded.timezone,
    suppressed = coalesce(recipient.suppressed, excluded.suppressed);

-- name: recipients_after
SELECT * FROM recipient WHERE newsletter = :newsletter AND id > :after ORDER BY id LIMIT :limit;

-- name: find_recipients
-- Part of an address or a name, however they are written: lower() knows only the letters of ASCII,
-- so the part comes in its usual spellings.
SELECT * FROM recipient
WHERE newsletter = :newsletter AND suppressed IS NULL AND (
    instr(key, :small) OR instr(lower(name), :small)
    OR instr(lower(name), :title) OR instr(lower(name), :large)
)
ORDER BY id LIMIT :limit;

-- name: recipient
SELECT * FROM recipient WHERE newsletter = :newsletter AND key = :key;

-- name: remove_recipient
DELETE FROM recipient WHERE newsletter = :newsletter AND key = :key;

-- name: suppress_recipient
UPDATE recipient SET suppressed = :why
WHERE newsletter = :newsletter AND key = :key AND suppressed IS NULL;

-- name: restore_recipient
UPDATE recipient SET suppressed = NULL WHERE newsletter = :newsletter AND key = :key;

-- name: count_recipients
SELECT count(*) AS all_of_them, count(suppressed) AS suppressed
FROM recipient WHERE newsletter = :newsletter;

-- name: topics
SELECT DISTINCT topics FROM recipient WHERE newsletter = :newsletter AND suppressed IS NULL;
