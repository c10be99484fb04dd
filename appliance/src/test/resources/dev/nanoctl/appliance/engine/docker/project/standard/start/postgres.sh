# The image's own program makes the cluster and gives up the rights of root. The password is only
# needed for that: later starts do not see it.
. /etc/nanoctl/start/lib.sh
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  give "$(id -u postgres):$(id -g postgres)" postgres-password
  export POSTGRES_PASSWORD_FILE=/run/nanoctl/postgres-password
fi
umask 022
exec docker-entrypoint.sh postgres -c config_file=/etc/nanoctl/postgresql.conf \
  -c hba_file=/etc/nanoctl/pg_hba.conf -c ident_file=/etc/nanoctl/pg_ident.conf
