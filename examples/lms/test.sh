#!/bin/sh
# Checks the queries, then runs the program twice in one new folder, the second time over what
# the first one left; both must print expected.txt.
#
#     examples/lms/test.sh [launcher...] <program>
set -eu

here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$@" --check
for run in first second; do
    "$@" "$folder" >"$folder/$run"
    diff "$here/expected.txt" "$folder/$run"
done
cat "$folder/second"
for file in users content users-backup; do
    [ "$(head -c 15 "$folder/$file.db")" = "SQLite format 3" ]
done
