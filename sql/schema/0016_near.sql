-- Demands of one category in one street, newest first: what a clerk is shown while another caller tells of the same.

ALTER TABLE ticket
    ADD COLUMN IF NOT EXISTS street_code VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin AS (LEFT(area_code, 9)) VIRTUAL,
    ADD KEY IF NOT EXISTS by_place (category_code, street_code, id);
