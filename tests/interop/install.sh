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
cd "$folder"
if [ -f installed ] && cmp -s "$here/package-lock.json" package-lock.json &&
    [ "$(cat installed)" = "$(node --version)" ]; then
    echo "install: all packages are there"
    exit 0
fi
rm -rf installed node_modules
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" .
npm ci --ignore-scripts --no-progress

headers=
for place in "$(dirname "$(dirname "$(command -v node)")")/include/node" /usr/include/node; do
    [ -f "$place/node.h" ] && headers=$place && break
done
[ -n "$headers" ] || { echo "install: node's headers are missing (libnode-dev)" >&2; exit 1; }

# What its binding.gyp says, with SQLite as its deps/ has it.
cd node_modules/better-sqlite3
defines=$(sed -n "s/^ *'\([A-Z0-9_]*\(=[-0-9]*\)\{0,1\}\)',$/-D\1/p" deps/defines.gypi)
mkdir -p build/Release
gcc -O1 -w -fPIC -DNDEBUG $defines -c deps/sqlite3/sqlite3.c -o build/sqlite3.o &
g++ -std=c++20 -O1 -w -fPIC -DNDEBUG -DNODE_GYP_MODULE_NAME=better_sqlite3 \
    -DBUILDING_NODE_EXTENSION $defines -I"$headers" -Ideps/sqlite3 \
    -c src/better_sqlite3.cpp -o build/better_sqlite3.o
wait $!
g++ -shared -Wl,-Bsymbolic -Wl,--exclude-libs,ALL -o build/Release/better_sqlite3.node \
    build/sqlite3.o build/better_sqlite3.o

cd ../..
node --version >installed
echo "install: done"
