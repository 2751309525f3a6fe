#!/bin/sh
# Installs the real drizzle-kit and drizzle-orm into a folder of the build, once:
#
#     tests/interop/install.sh FOLDER
#
# Nothing but npm's registry is asked: better-sqlite3, which would fetch a binary elsewhere,
# is compiled here, against the headers of the node that is installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$folder"
if [ -f installed ] && cmp -s "$here/package-lock.json" package-lock.json &&
    [ "$(cat installed)" = "$(node --version)" ]; then
    echo "install: all packages are there"
    exit 0
fi
rm -rf installed node_modules
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" .
npm ci --ignore-scripts --no-progress

"$here/better_sqlite3.sh" "$folder" -O1
node --version >installed
echo "install: done"
