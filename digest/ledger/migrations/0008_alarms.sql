-- A source's alarm was kept for each newsletter; it is one for all of them.
UPDATE OR IGNORE alarm SET key = 'source::' || substr(key, 8 + instr(substr(key, 8), ':'))
WHERE key LIKE 'source:%' AND key NOT LIKE 'source::%';
DELETE FROM alarm WHERE key LIKE 'source:%' AND key NOT LIKE 'source::%';
