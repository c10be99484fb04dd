-- Accounts, sign-ins and one-time links.
CREATE TABLE app_user (
  id                uuid PRIMARY KEY,
  email             text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
  username          text NOT NULL CHECK (username ~ '^[a-z0-9_]{3,20}$'),
  password_hash     text,
  role              text NOT NULL CHECK (role IN ('consumer', 'creator', 'moderator', 'admin')),
  status            text NOT NULL CHECK (status IN
                      ('pending_verification', 'active', 'suspended', 'deletion_scheduled', 'erased')),
  first_name        text CHECK (length(first_name) <= 100),
  last_name         text CHECK (length(last_name) <= 100),
  bio               text CHECK (length(bio) <= 500),
  company           text CHECK (length(company) <= 255),
  job_title         text CHECK (length(job_title) <= 100),
  language          text NOT NULL DEFAULT 'de' CHECK (language IN ('de', 'en')),
  failed_logins     integer NOT NULL DEFAULT 0,
  locked_until      timestamptz,
  email_verified_at timestamptz,
  last_login_at     timestamptz,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  row_version       bigint NOT NULL DEFAULT 1,
  CONSTRAINT app_user_email_key UNIQUE (email),
  CONSTRAINT app_user_username_key UNIQUE (username)
);
CREATE INDEX app_user_created_idx ON app_user (created_at DESC, id DESC);

-- One sign-in on one device: the family of its refresh tokens.
CREATE TABLE session (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  csrf_token text NOT NULL,
  user_agent text NOT NULL,
  ip_prefix  text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX session_user_idx ON session (user_id);
CREATE INDEX session_expires_idx ON session (expires_at);

CREATE TABLE refresh_token (
  hash       bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  rotated_at timestamptz
);
CREATE INDEX refresh_token_session_idx ON refresh_token (session_id);

CREATE TABLE access_token (
  hash       bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
CREATE INDEX access_token_session_idx ON access_token (session_id);
CREATE INDEX access_token_expires_idx ON access_token (expires_at);

CREATE TABLE one_time_token (
  hash       bytea PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  purpose    text NOT NULL CHECK (purpose IN ('verify', 'reset', 'change_email', 'invite')),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX one_time_token_user_idx ON one_time_token (user_id);
