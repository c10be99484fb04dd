-- Written by nanoctl for instance 01990000-0000-7000-8000-0123456789ab. Runs once, when the cluster is made.
-- The exporter reads statistics through the socket, known by its account: it has no password.
CREATE ROLE metrics LOGIN;
GRANT pg_monitor TO metrics;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
