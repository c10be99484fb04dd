-- Resumable uploads. Bytes that were acknowledged are objects named by upload_chunk rows.
CREATE TABLE upload (
  id         uuid PRIMARY KEY,
  owner_id   uuid NOT NULL REFERENCES app_user (id),
  filename   text NOT NULL CHECK (length(filename) BETWEEN 1 AND 255),
  length     bigint NOT NULL CHECK (length BETWEEN 1 AND 104857600),
  received   bigint NOT NULL CHECK (received BETWEEN 0 AND length),
  sha256     text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX upload_owner ON upload (owner_id);
CREATE INDEX upload_expiry ON upload (expires_at);

CREATE TABLE upload_chunk (
  upload_id  uuid NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
  start_at   bigint NOT NULL CHECK (start_at >= 0),
  length     bigint NOT NULL CHECK (length > 0),
  object_key text NOT NULL,
  PRIMARY KEY (upload_id, start_at)
);

-- Permission to look at a package for some minutes; the ticket itself is not kept.
CREATE TABLE preview_ticket (
  token_sha256 text PRIMARY KEY CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
  package_id   uuid NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX preview_ticket_expiry ON preview_ticket (expires_at);
