# redis.sh NAME: a Redis whose only password is the secret of that name. The accounts without a
# password can do nothing but say that they are there.
. /etc/nanoctl/start/lib.sh
hash=$(text "$1" | sha256sum | cut -c 1-64)
{
  echo "user default on #$hash ~* &* +@all"
  echo "user metrics on nopass resetkeys resetchannels -@all +ping +info +client|setname +slowlog|len +latency|latest"
} >/run/nanoctl/users.acl
account="$(id -u redis):$(id -g redis)"
chown "$account" /run/nanoctl/users.acl
chown "$account" /data
become "$(id -u redis)" "$(id -g redis)" redis-server /etc/nanoctl/redis.conf
