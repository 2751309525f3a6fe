#!/bin/sh
# Compiles better-sqlite3 in a folder that npm has installed it into without running its
# scripts, which would fetch a binary from elsewhere:
#
#     tests/interop/better_sqlite3.sh FOLDER OPTIMIZATION      -O1; -O3 is its own choice
#
# What its binding.gyp says, against the headers of the node that is installed, with SQLite as
# its deps/ has it.
set -eu
cd "$1/node_modules/better-sqlite3"
optimize=$2

headers=
for place in "$(dirname "$(dirname "$(command -v node)")")/include/node" /usr/include/node; do
    [ -f "$place/node.h" ] && headers=$place && break
done
[ -n "$headers" ] || { echo "node's headers are missing (libnode-dev)" >&2; exit 1; }

defines=$(sed -n "s/^ *'\([A-Z0-9_]*\(=[-0-9]*\)\{0,1\}\)',$/-D\1/p" deps/defines.gypi)
mkdir -p build/Release
gcc "$optimize" -w -fPIC -DNDEBUG $defines -c deps/sqlite3/sqlite3.c -o build/sqlite3.o &
g++ -std=c++20 "$optimize" -w -fPIC -DNDEBUG -DNODE_GYP_MODULE_NAME=better_sqlite3 \
    -DBUILDING_NODE_EXTENSION $defines -I"$headers" -Ideps/sqlite3 \
    -c src/better_sqlite3.cpp -o build/better_sqlite3.o
wait $!
g++ -shared -Wl,-Bsymbolic -Wl,--exclude-libs,ALL -o build/Release/better_sqlite3.node \
    build/sqlite3.o build/better_sqlite3.o
