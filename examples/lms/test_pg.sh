#!/bin/sh
# Runs the program twice on a new database of PostgreSQL, the second time over what the first
# run left; both must print expected.txt but for what postgresql.diff says.
#
#     examples/lms/test_pg.sh [launcher...] <program>
#
# VIRGA_POSTGRES_URL says where the server is, and a role that may create databases.
set -eu

here=$(dirname "$0")
folder=$(mktemp -d)
name=lms_$$
psql -qX "$VIRGA_POSTGRES_URL" -c "create database $name template template0"
trap 'rm -rf "$folder"
      psql -qX "$VIRGA_POSTGRES_URL" -c "drop database if exists $name with (force)"' EXIT

for run in first second; do
    "$@" "${VIRGA_POSTGRES_URL%/*}/$name" >"$folder/$run"
    diff "$here/expected.txt" "$folder/$run" >"$folder/diff" || true
    diff "$here/postgresql.diff" "$folder/diff"
done
cat "$folder/second"
