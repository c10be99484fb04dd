-- Side effects that must follow a commit, in order for each key.
CREATE TABLE outbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic      text NOT NULL,
  key        text NOT NULL,
  payload    text NOT NULL,
  created_at timestamptz NOT NULL,
  attempts   integer NOT NULL DEFAULT 0,
  due_at     timestamptz NOT NULL,
  parked_at  timestamptz,
  last_error text
);
CREATE INDEX outbox_open_idx ON outbox (id) WHERE parked_at IS NULL;

CREATE FUNCTION outbox_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('nanoctl', 'outbox');
  RETURN NULL;
END;
$$;
CREATE TRIGGER outbox_added AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION outbox_added();
