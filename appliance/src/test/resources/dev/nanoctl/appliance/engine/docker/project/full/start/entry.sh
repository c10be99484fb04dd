# nginx keeps its own accounts apart: the master reads certificates, the workers do the rest.
. /etc/nanoctl/start/lib.sh
umask 022
# answers that are kept carry the name of the folder this link leads to: a new link, a new cache
[ -e /answers/current ] || {
  mkdir -p /answers/0
  ln -sfn 0 /answers/current
}
chown 10001:10001 /answers
mkdir -p /run/nginx-modules
for module in http_brotli_static http_brotli_filter; do
  file=/usr/lib/nginx/modules/ngx_${module}_module.so
  [ ! -e "$file" ] || echo "load_module $file;" >"/run/nginx-modules/$module.conf"
done
exec nginx -g 'daemon off;'
