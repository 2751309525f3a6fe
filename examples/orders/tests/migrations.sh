#!/bin/sh
# Do schema.h and migrations/ say the same? On a copy of the folder, `virga check` finds nothing
# and `virga generate` has nothing to write.
#
#     examples/orders/tests/migrations.sh [launcher...] <virga>
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$here/migrations" "$folder"
cd "$here"
"$@" check --out "$folder/migrations"
"$@" generate --out "$folder/migrations" >"$folder/answer"
cat "$folder/answer"
grep -q '^No schema changes, nothing to migrate$' "$folder/answer"
