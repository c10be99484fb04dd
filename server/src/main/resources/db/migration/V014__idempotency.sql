-- Answers to POSTs that carried an Idempotency-Key, for a day.
CREATE TABLE idempotency_key (
  user_id      uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  key          text NOT NULL CHECK (length(key) <= 255),
  request_hash bytea NOT NULL,
  started_at   timestamptz NOT NULL,
  finished_at  timestamptz,
  status       integer,
  headers      text,
  body         bytea,
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_key_started_idx ON idempotency_key (started_at);
