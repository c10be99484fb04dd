-- What is due after its retention is looked for every hour.
CREATE INDEX nano_gone ON nano (status_changed_at) WHERE status IN ('deleted', 'archived');

-- How much was purged, so that counters never fall.
CREATE TABLE purged (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  versions bigint NOT NULL DEFAULT 0 CHECK (versions >= 0)
);
INSERT INTO purged DEFAULT VALUES;
