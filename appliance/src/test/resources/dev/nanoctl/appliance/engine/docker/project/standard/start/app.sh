# The marketplace itself: the site's files as its own account may read them, then the server.
. /etc/nanoctl/start/lib.sh
mkdir -p /site/state /site/work /site/logs
cp /etc/nanoctl/site/nanoctl.yml /site/nanoctl.yml
cp /etc/nanoctl/site/instance.json /site/state/instance.json
for secret in /run/secrets/*; do
  cp "$secret" "/site/secrets/${secret##*/}"
done
chown -R 10001:10001 /site
chown 10001:10001 /answers
export HOME=/site/work
cd /site/work
become 10001 10001 nanoctl serve --site /site
