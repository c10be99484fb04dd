# Pooled connections to the database. The program itself gives up the rights of root.
. /etc/nanoctl/start/lib.sh
echo "\"nano\" \"$(text database-password)\"" >/run/nanoctl/users.txt
chown postgres /run/nanoctl/users.txt
exec pgbouncer /etc/nanoctl/pgbouncer.ini
