# SeaweedFS as one S3 server: what is not S3 listens to this container only.
. /etc/nanoctl/start/lib.sh
cat >/run/nanoctl/s3.json <<JSON
{"identities": [{"name": "nanoctl",
  "credentials": [{"accessKey": "$(text s3-access-key)", "secretKey": "$(text s3-secret-key)"}],
  "actions": ["Admin", "Read", "List", "Tagging", "Write"]}]}
JSON
chown 1000:1000 /run/nanoctl/s3.json
chown 1000:1000 /data
export GOMEMLIMIT=307MiB
become 1000 1000 weed -logtostderr=true server -dir=/data -ip=127.0.0.1 -ip.bind=127.0.0.1 \
  -master.telemetry=false -master.volumeSizeLimitMB=1024 -volume.max=0 -volume.preStopSeconds=1 \
  -filer.exposeDirectoryData=false \
  -s3 -s3.ip.bind=0.0.0.0 -s3.port=8333 -s3.port.iceberg=0 -s3.port.lance=0 \
  -s3.iam=false -s3.autoCreateBucket=false -s3.config=/run/nanoctl/s3.json
