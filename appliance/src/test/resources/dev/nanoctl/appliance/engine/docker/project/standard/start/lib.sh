# Secrets are files that only their owner may read. Each service gets copies of its own ones, in
# memory, for the account it runs as; the commands below are all it needs for that.
set -eu
umask 077

# give UID:GID NAME...: copies of these secrets for that account, in /run/nanoctl
give() {
  account=$1
  shift
  for name in "$@"; do
    cp "/run/secrets/$name" "/run/nanoctl/$name"
    chown "$account" "/run/nanoctl/$name"
  done
}

# text NAME: a secret without the line end of its file
text() {
  tr -d '\r\n' <"/run/secrets/$1"
}

# become UID GID COMMAND...: runs the command as that account, for good
become() {
  uid=$1 gid=$2
  shift 2
  if command -v gosu >/dev/null; then
    exec gosu "$uid:$gid" "$@"
  elif command -v su-exec >/dev/null; then
    exec su-exec "$uid:$gid" "$@"
  fi
  exec setpriv --reuid="$uid" --regid="$gid" --clear-groups "$@"
}
