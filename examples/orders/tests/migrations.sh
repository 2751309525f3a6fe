#!/bin/sh
# Do schema.h and the folders of migrations say the same? On a copy of each, `virga check` finds
# nothing and `virga generate` has nothing to write.
#
#     examples/orders/tests/migrations.sh [launcher...] <virga>
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$here"
for kind in "" -postgresql; do
    cp -R "migrations$kind" "$folder"
    "$@" check --config "virga$kind.json" --out "$folder/migrations$kind"
    "$@" generate --config "virga$kind.json" --out "$folder/migrations$kind" >"$folder/answer"
    cat "$folder/answer"
    grep -q '^No schema changes, nothing to migrate$' "$folder/answer"
done
