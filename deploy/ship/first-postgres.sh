#!/bin/sh
# Makes the PostgreSQL cluster and its database, where there is none yet: DATA PASSWORDFILE [PGSQL].
# Into a draft that is renamed when complete: one that was cut off leaves no half a cluster.
set -eu

data=$1 password=$2 pgsql=${3:-$(dirname "$0")/../pgsql}
[ ! -e "$data/PG_VERSION" ] || exit 0

draft=$data.draft
rm -rf "$draft"
"$pgsql/bin/initdb" --pgdata "$draft" --username postgres --encoding UTF8 --locale C.UTF-8 \
  --auth scram-sha-256 --pwfile "$password" --data-checksums >/dev/null
echo 'CREATE DATABASE tongxin' | "$pgsql/bin/postgres" --single -D "$draft" postgres >/dev/null
mv "$draft" "$data"
