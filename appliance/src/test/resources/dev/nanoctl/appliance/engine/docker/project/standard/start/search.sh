# Meilisearch takes its master key from a configuration file in memory. While the key is changed, its
# file holds the next one before it: the server goes on with the one that everybody knows.
. /etc/nanoctl/start/lib.sh
key=$(tail -n 1 /run/secrets/search-master-key | tr -d '\r\n')
cat >/run/nanoctl/search.toml <<TOML
env = "production"
no_analytics = true
http_addr = "0.0.0.0:7700"
db_path = "/meili_data/data.ms"
dump_dir = "/meili_data/dumps"
snapshot_dir = "/meili_data/snapshots"
max_indexing_memory = "170 MiB"
max_indexing_threads = 1
log_level = "WARN"
master_key = "$key"
TOML
export MEILI_CONFIG_FILE_PATH=/run/nanoctl/search.toml
cd /meili_data
exec meilisearch
