-- What gave an article's date, and the subjects that its site files it under (JSON).
ALTER TABLE article ADD COLUMN dated_by TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
