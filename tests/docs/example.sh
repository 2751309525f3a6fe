#!/bin/sh
# Runs an example twice on one new database: the second run meets what the first left.
#
#     tests/docs/example.sh [launcher...] <program>
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$@" "$folder/example.db" >"$folder/first"
"$@" "$folder/example.db" >"$folder/second"
cat "$folder/second"
[ -s "$folder/first" ] && [ -s "$folder/second" ]
[ "$(head -c 15 "$folder/example.db")" = "SQLite format 3" ]
