#!/bin/sh
# Installs what a Debian machine is missing for one job, and only then:
#
#     tools/setup.sh [build|test|bench|all]      (default: build)
#
#     build   compile the library and the examples
#     test    all of that, and run the test suite
#     bench   all of build, and run the benchmarks
#     all     everything
#
# When nothing is missing it prints one line and does not touch the network.
set -eu

build="gcc libc6-dev cmake ninja-build make pkg-config
       libsqlite3-dev iso-codes libjansson-dev libmd-dev libmicrohttpd-dev
       libpq-dev libpg-query-dev libuv1-dev"
# ncurses and GLib are only there to prove that our headers live beside theirs.
test="clang g++ libclang-rt-14-dev clang-format libcmocka-dev valgrind
      python3 sqlite3 git binutils curl libncurses-dev libglib2.0-dev
      postgresql postgresql-contrib pgbouncer openssl libh2o-evloop-dev libssl-dev"
bench="valgrind clang g++ python3 binutils sqlite3 postgresql wrk libh2o-evloop-dev libssl-dev"
# The real Drizzle, for tests/interop and to compare with. Others than Debian package node with
# npm and headers.
if ! command -v node >/dev/null || ! command -v npm >/dev/null ||
    [ ! -f /usr/include/node/node.h ]; then
    test="$test nodejs npm libnode-dev"
    bench="$bench nodejs npm libnode-dev"
fi

profile=${1:-build}
case $profile in
build) wanted=$build ;;
test) wanted="$build $test" ;;
bench) wanted="$build $bench" ;;
all) wanted="$build $test $bench" ;;
*)
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
wanted=$(echo $wanted | tr ' ' '\n' | sort -u | tr '\n' ' ')

if ! command -v dpkg-query >/dev/null; then
    echo "setup: this is not Debian, so nothing is installed. Needed for '$profile':"
    echo "  $wanted"
    exit 0
fi

missing=
for package in $wanted; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
    echo "setup: all packages for '$profile' are there"
    exit 0
fi

echo "setup: installing for '$profile':$missing"
sudo=
[ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update -q
$sudo env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing
