-- What was committed and has not reached Redis yet, where the servers of a site tell each other
-- through it. A row lives for milliseconds, or for as long as Redis is away.
CREATE TABLE news (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sender     text NOT NULL,
  topics     text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
