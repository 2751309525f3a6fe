#!/bin/sh
# Migrates an empty database, as the README does, then runs the program twice, the second time
# over what the first one left; both must print expected.txt.
#
#     examples/pagespace/test.sh <virga> [launcher...] <program>
#
# VIRGA_POSTGRES_URL says where the server is, and a role that may create databases.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
virga=$1
shift
folder=$(mktemp -d)
name=pagespace_$$
DATABASE_URL=${VIRGA_POSTGRES_URL%/*}/$name
export DATABASE_URL
trap 'psql -qX "$VIRGA_POSTGRES_URL" -c "drop database if exists $name with (force)"
      rm -rf "$folder"' EXIT
psql -qX "$VIRGA_POSTGRES_URL" -c "create database $name"

# Not before the step that comes before.
if "$@" >"$folder/early" 2>&1; then
    echo "the program ran on a database that was not migrated"
    exit 1
fi
cat "$folder/early"

cd "$here"
"$virga" migrate
"$virga" check
for run in first second; do
    "$@" >"$folder/$run"
    diff expected.txt "$folder/$run"
done
"$virga" status
cat "$folder/second"
