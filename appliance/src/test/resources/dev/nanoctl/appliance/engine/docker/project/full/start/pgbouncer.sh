# Pooled connections to the database. The program itself gives up the rights of root.
. /etc/nanoctl/start/lib.sh
login=$(text database-password)
# by turns it is the password of the owner's twin, which then stands before it
case $login in
  nano_twin:*) role=nano_twin login=${login#*:} ;;
  *) role=nano ;;
esac
echo "\"$role\" \"$login\"" >/run/nanoctl/users.txt
chown postgres /run/nanoctl/users.txt
exec pgbouncer /etc/nanoctl/pgbouncer.ini
