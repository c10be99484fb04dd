CREATE TABLE nano (
  id                  uuid PRIMARY KEY,
  creator_id          uuid NOT NULL REFERENCES app_user (id),
  slug                text NOT NULL UNIQUE,
  title               text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
  -- the title as it is sorted: German order needs no collation that may change under an index
  title_key           text NOT NULL,
  description         text CHECK (length(description) BETWEEN 1 AND 1000),
  details_md          text CHECK (length(details_md) <= 10000),
  duration_minutes    smallint NOT NULL CHECK (duration_minutes BETWEEN 1 AND 600),
  level               smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
  language            text NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  formats             text[] NOT NULL CHECK (formats <@ ARRAY['video', 'text', 'quiz', 'interactive', 'audio']),
  delivery            text NOT NULL CHECK (delivery IN ('online', 'onsite', 'hybrid')),
  instructor_required boolean NOT NULL,
  objectives          text[] NOT NULL CHECK (cardinality(objectives) <= 10),
  target_group        text CHECK (length(target_group) <= 200),
  prerequisites       text CHECK (length(prerequisites) <= 500),
  tags                text[] NOT NULL CHECK (cardinality(tags) <= 10),
  licence             text CHECK (length(licence) <= 100),
  licence_terms       text CHECK (length(licence_terms) <= 2000),
  attribution         text CHECK (length(attribution) <= 500),
  exchange            text NOT NULL CHECK (exchange IN ('free', 'swap', 'on_request')),
  visibility          text NOT NULL CHECK (visibility IN ('public', 'unlisted')),
  rights_confirmed    boolean NOT NULL,
  based_on            text CHECK (length(based_on) <= 500),
  source              text UNIQUE CHECK (length(source) <= 500),
  status              text NOT NULL CHECK (status IN
    ('draft', 'pending_review', 'published', 'rejected', 'archived', 'taken_down', 'deleted')),
  review_reason       text,
  live_version_id     uuid,
  downloads           bigint NOT NULL DEFAULT 0 CHECK (downloads >= 0),
  favourites          bigint NOT NULL DEFAULT 0 CHECK (favourites >= 0),
  rating_sum          bigint NOT NULL DEFAULT 0,
  rating_count        bigint NOT NULL DEFAULT 0 CHECK (rating_count >= 0),
  -- Bayesian mean: as if five people had given 3.5 before anyone did
  rating_score        double precision NOT NULL
    GENERATED ALWAYS AS ((rating_sum + 17.5) / (rating_count + 5)) STORED,
  listed              boolean NOT NULL
    GENERATED ALWAYS AS (status = 'published' AND visibility = 'public') STORED,
  created_at          timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL,
  published_at        timestamptz,
  status_changed_at   timestamptz NOT NULL,
  row_version         bigint NOT NULL DEFAULT 1,
  CHECK (rating_sum BETWEEN rating_count AND rating_count * 5),
  CHECK (status <> 'published' OR (published_at IS NOT NULL AND live_version_id IS NOT NULL))
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

-- One index for each sort of the public list; ties are broken by id. What lists are filtered by stands in each, so
-- that a page and its total are read from one of them alone, as long as vacuum keeps up.
CREATE INDEX nano_newest ON nano (published_at DESC, id DESC)
  INCLUDE (duration_minutes, level, language, licence, formats, creator_id) WHERE listed;
CREATE INDEX nano_best ON nano (rating_score DESC, id DESC)
  INCLUDE (duration_minutes, level, language, licence, formats, creator_id) WHERE listed;
CREATE INDEX nano_title ON nano (title_key, id)
  INCLUDE (duration_minutes, level, language, licence, formats, creator_id) WHERE listed;
CREATE INDEX nano_shortest ON nano (duration_minutes, id)
  INCLUDE (level, language, licence, formats, creator_id) WHERE listed;
CREATE INDEX nano_creator ON nano (creator_id, updated_at DESC, id DESC);

-- Slugs a nano had before, so that old links lead on.
CREATE TABLE nano_former_slug (
  slug    text PRIMARY KEY,
  nano_id uuid NOT NULL REFERENCES nano (id) ON DELETE CASCADE
);

CREATE TABLE nano_category (
  nano_id     uuid NOT NULL REFERENCES nano (id) ON DELETE CASCADE,
  rank        smallint NOT NULL CHECK (rank BETWEEN 1 AND 5),
  category_id uuid NOT NULL REFERENCES category (id),
  PRIMARY KEY (nano_id, rank),
  UNIQUE (nano_id, category_id)
);
CREATE INDEX nano_category_category ON nano_category (category_id, nano_id);

CREATE TABLE nano_version (
  id           uuid PRIMARY KEY,
  nano_id      uuid NOT NULL REFERENCES nano (id) ON DELETE CASCADE,
  number       integer NOT NULL CHECK (number > 0),
  semver       text NOT NULL CHECK (length(semver) <= 64),
  changelog    text CHECK (length(changelog) <= 1000),
  package_id   uuid NOT NULL REFERENCES package (id),
  status       text NOT NULL CHECK (status IN
    ('draft', 'pending_review', 'approved', 'changes_requested', 'rejected')),
  -- what the creator said about the nano when this version was approved
  metadata     jsonb,
  created_by   uuid NOT NULL REFERENCES app_user (id),
  created_at   timestamptz NOT NULL,
  approved_at  timestamptz,
  UNIQUE (nano_id, semver),
  UNIQUE (nano_id, number)
);
CREATE INDEX nano_version_package ON nano_version (package_id);
ALTER TABLE nano ADD FOREIGN KEY (live_version_id) REFERENCES nano_version (id);

CREATE FUNCTION nano_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'version % of nano % is approved and cannot change', OLD.semver, OLD.nano_id
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER nano_version_immutable BEFORE UPDATE ON nano_version
  FOR EACH ROW WHEN (OLD.status = 'approved') EXECUTE FUNCTION nano_version_is_immutable();
