-- Which notebooks there are.

-- name: tables
CREATE TABLE notebooks (notebook_id uuid PRIMARY KEY, area text NOT NULL, title text NOT NULL);

-- name: on NotebookOpened
INSERT INTO notebooks (notebook_id, area, title)
SELECT stream, area, data->>'title' FROM batch WHERE type = 'NotebookOpened';

-- name: in area
SELECT notebook_id, title FROM notebooks WHERE area = :area ORDER BY title;
