CREATE TABLE category (
  id          uuid PRIMARY KEY,
  slug        text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80),
  name_de     text NOT NULL CHECK (length(name_de) BETWEEN 1 AND 80),
  name_en     text NOT NULL CHECK (length(name_en) BETWEEN 1 AND 80),
  parent_id   uuid REFERENCES category (id),
  active      boolean NOT NULL DEFAULT true,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  row_version bigint NOT NULL DEFAULT 1,
  CHECK (parent_id IS DISTINCT FROM id)
);
CREATE INDEX category_parent ON category (parent_id);

-- A shelf to begin with; administrators rename, extend or hide it.
INSERT INTO category (id, slug, name_de, name_en) VALUES
  ('019a0000-0000-7000-8000-000000000001', 'buero-grundlagen', 'Büro-Grundlagen', 'Office basics'),
  ('019a0000-0000-7000-8000-000000000002', 'textverarbeitung', 'Textverarbeitung', 'Word processing'),
  ('019a0000-0000-7000-8000-000000000003', 'tabellenkalkulation', 'Tabellenkalkulation', 'Spreadsheets'),
  ('019a0000-0000-7000-8000-000000000004', 'praesentation', 'Präsentation', 'Presentations'),
  ('019a0000-0000-7000-8000-000000000005', 'programmieren', 'Programmieren', 'Programming'),
  ('019a0000-0000-7000-8000-000000000006', 'daten-und-medien', 'Daten und Medien', 'Data and media'),
  ('019a0000-0000-7000-8000-000000000007', 'sprachen', 'Sprachen', 'Languages'),
  ('019a0000-0000-7000-8000-000000000008', 'kommunikation', 'Kommunikation', 'Communication'),
  ('019a0000-0000-7000-8000-000000000009', 'wirtschaft', 'Wirtschaft', 'Business'),
  ('019a0000-0000-7000-8000-00000000000a', 'recht-und-datenschutz', 'Recht und Datenschutz', 'Law and data protection'),
  ('019a0000-0000-7000-8000-00000000000b', 'gesundheit', 'Gesundheit', 'Health'),
  ('019a0000-0000-7000-8000-00000000000c', 'lehren-und-lernen', 'Lehren und Lernen', 'Teaching and learning');
