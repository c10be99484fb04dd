CREATE TABLE rating (
  id          uuid PRIMARY KEY,
  nano_id     uuid NOT NULL REFERENCES nano (id) ON DELETE CASCADE,
  user_id     uuid NOT NULL REFERENCES app_user (id),
  score       smallint NOT NULL CHECK (score BETWEEN 1 AND 5),
  comment     text CHECK (length(comment) BETWEEN 1 AND 500),
  reply       text CHECK (length(reply) BETWEEN 1 AND 500),
  replied_at  timestamptz,
  helpful     bigint NOT NULL DEFAULT 0 CHECK (helpful >= 0),
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  row_version bigint NOT NULL DEFAULT 1,
  UNIQUE (nano_id, user_id)
);
CREATE INDEX rating_newest ON rating (nano_id, created_at DESC, id DESC) INCLUDE (score);
CREATE INDEX rating_user ON rating (user_id);

CREATE TABLE rating_helpful (
  rating_id uuid NOT NULL REFERENCES rating (id) ON DELETE CASCADE,
  user_id   uuid NOT NULL REFERENCES app_user (id),
  PRIMARY KEY (rating_id, user_id)
);
CREATE INDEX rating_helpful_user ON rating_helpful (user_id);
