-- Work that outlives its request, and the scheduler's own table.
CREATE TABLE job (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL,
  owner_id    uuid REFERENCES app_user (id) ON DELETE SET NULL,
  payload     text NOT NULL,
  state       text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  stage       text,
  progress    integer NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  result      text,
  error       text,
  attempts    integer NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL,
  started_at  timestamptz,
  finished_at timestamptz
);
CREATE INDEX job_owner_idx ON job (owner_id);
CREATE INDEX job_open_idx ON job (state) WHERE state IN ('queued', 'running');

CREATE TABLE scheduled_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time_idx ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
