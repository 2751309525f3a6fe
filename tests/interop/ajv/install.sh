#!/bin/sh
# Installs ajv into a folder of the build, once:
#
#     tests/interop/ajv/install.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
if [ -f installed ] && cmp -s "$here/package-lock.json" package-lock.json; then
    echo "install: all packages are there"
    exit 0
fi
rm -rf installed node_modules
cp "$here/package.json" "$here/package-lock.json" .
npm ci --ignore-scripts --no-progress
touch installed
