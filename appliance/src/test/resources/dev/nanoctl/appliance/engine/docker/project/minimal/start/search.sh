# Meilisearch takes its master key from a configuration file in memory.
. /etc/nanoctl/start/lib.sh
cat >/run/nanoctl/search.toml <<TOML
env = "production"
no_analytics = true
http_addr = "0.0.0.0:7700"
db_path = "/meili_data/data.ms"
dump_dir = "/meili_data/dumps"
snapshot_dir = "/meili_data/snapshots"
max_indexing_memory = "128 MiB"
max_indexing_threads = 1
log_level = "WARN"
master_key = "$(text search-master-key)"
TOML
export MEILI_CONFIG_FILE_PATH=/run/nanoctl/search.toml
cd /meili_data
exec meilisearch
