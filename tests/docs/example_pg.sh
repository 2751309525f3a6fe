#!/bin/sh
# Runs an example on SQLite and twice on a new database of PostgreSQL, where the second run
# meets what the first left: the rows that it shows are the same.
#
#     tests/docs/example_pg.sh [launcher...] <program>
set -eu

folder=$(mktemp -d)
name=example_$$
url=${VIRGA_POSTGRES_URL%/*}/$name
psql -q "$VIRGA_POSTGRES_URL" -c "create database $name template template0"
trap 'rm -rf "$folder"; psql -q "$VIRGA_POSTGRES_URL" -c "drop database $name with (force)"' EXIT

# What differs: names, times, texts of statements (indented by four) and of refusals.
rows() {
    grep -vE '^    |^Loading| ms$|were prepared|is yours now|VG_|Constraint|─  ─.*─  ─.*───' "$1"
}

"$@" "$folder/example.db" >"$folder/sqlite"
for run in first second; do
    "$@" "$url" >"$folder/$run"
    rows "$folder/sqlite" >"$folder/expected"
    rows "$folder/$run" | diff "$folder/expected" -
done
