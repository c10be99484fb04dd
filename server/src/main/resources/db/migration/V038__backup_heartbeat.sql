-- A row now and again, whatever else happens: recovery to a moment needs a commit after it, and a restored database is
-- known by the rows it has and those it has not.
CREATE TABLE backup_heartbeat (
  id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX backup_heartbeat_at ON backup_heartbeat (at);
