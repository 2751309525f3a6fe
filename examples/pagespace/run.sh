#!/bin/sh
# run.sh BUILD: apply the migrations to the database of DATABASE_URL, then run the program.
set -e
build=$(cd "$1" && pwd)
cd "$(dirname "$0")"
"$build/virga" migrate
exec "$build/examples/pagespace/pagespace"
