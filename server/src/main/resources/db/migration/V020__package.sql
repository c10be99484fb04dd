-- Valid packages; the bytes are the object packages/<aa>/<sha256> of the object store,
-- which is written before the row.
CREATE TABLE package (
  id            uuid PRIMARY KEY,
  sha256        text NOT NULL UNIQUE CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size          bigint NOT NULL CHECK (size BETWEEN 1 AND 104857600),
  kind          text NOT NULL CHECK (kind IN
    ('plain', 'html', 'scorm12', 'scorm2004', 'h5p', 'cmi5', 'imscc')),
  entries       integer NOT NULL CHECK (entries BETWEEN 1 AND 2000),
  unpacked_size bigint NOT NULL CHECK (unpacked_size BETWEEN 0 AND 1073741824),
  launch_file   text,
  scan          text NOT NULL CHECK (scan IN ('pending', 'clean', 'infected')),
  -- the validation report as the API shows it
  report        jsonb NOT NULL,
  -- the plain text for the search index, so that the index can be rebuilt from here alone
  text          text NOT NULL CHECK (length(text) <= 100000),
  created_at    timestamptz NOT NULL
);
