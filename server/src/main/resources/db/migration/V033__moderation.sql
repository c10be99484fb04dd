CREATE TABLE moderation_case (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('review')),
  nano_id      uuid NOT NULL REFERENCES nano (id) ON DELETE CASCADE,
  version_id   uuid NOT NULL REFERENCES nano_version (id) ON DELETE CASCADE,
  submitter_id uuid NOT NULL REFERENCES app_user (id),
  status       text NOT NULL CHECK (status IN ('open', 'decided', 'withdrawn')),
  submitted_at timestamptz NOT NULL,
  due_at       timestamptz NOT NULL,
  decision     text CHECK (decision IN ('approve', 'request_changes', 'reject')),
  reason       text CHECK (length(reason) <= 2000),
  checklist    jsonb,
  decided_by   uuid REFERENCES app_user (id),
  decided_at   timestamptz,
  CHECK ((status = 'decided') = (decision IS NOT NULL)),
  CHECK (decision IS NULL OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CHECK (decision IS NULL OR decision = 'approve' OR length(reason) >= 10)
);
CREATE UNIQUE INDEX moderation_case_one_open ON moderation_case (nano_id) WHERE status = 'open';
CREATE INDEX moderation_case_queue ON moderation_case (status, due_at, id);
CREATE INDEX moderation_case_nano ON moderation_case (nano_id);
