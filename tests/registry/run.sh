#!/bin/bash
# Registered queries are listed once each, however the program is linked: objects and
# archives, shared libraries, one loaded later; unused sections dropped, the linker's own
# optimization. Then the ready-made program on a library.
#
#     tests/registry/run.sh <compiler>
set -u

cc=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/registry
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export LD_LIBRARY_PATH=$dir
failed=0
flags="-std=gnu11 -Wall -Wextra -Werror -I$root/include"

# is TITLE EXPECTED COMMAND...: it succeeds and prints that
is() {
    local title=$1 expected=$2 output
    shift 2
    if output=$("$@" 2>&1) && [ "$output" = "$expected" ]; then
        echo "ok    $title"
    else
        failed=1
        printf 'FAIL  %s\n--- expected\n%s\n--- got\n%s\n' "$title" "$expected" "$output"
    fi
}

# objects PREFIX FLAGS...: main.o, part.o in an archive, plugin.so
objects() {
    local name=$1
    shift
    "$cc" $flags "$@" -c "$here/main.c" -o "$dir/$name-main.o" &&
        "$cc" $flags "$@" -c "$here/part.c" -o "$dir/$name-part.o" &&
        rm -f "$dir/lib$name.a" &&
        "$ar" rcs "$dir/lib$name.a" "$dir/$name-part.o"
}

"$root/tools/amalgam" "$dir/src" || exit 1
"$cc" -std=gnu11 -O1 -fPIC -ffunction-sections -fdata-sections -fvisibility=hidden \
    -c "$dir/src/virga.c" -o "$dir/virga.o" &&
    ar rcs "$dir/libvirga.a" "$dir/virga.o" &&
    "$cc" -shared "$dir/virga.o" -Wl,-soname,libvirga.so -lsqlite3 -lpthread -lm \
        -o "$dir/libvirga.so" || exit 1

libs="-lsqlite3 -lpthread -lm -ldl"
own=" thing_in_main thing_in_part thing_uncalled thing_in_header"
all=" thing_in_main thing_in_part thing_uncalled thing_in_plugin thing_in_header"

for optimize in "-O0" "-O2" "-O2 -flto"; do
    case $optimize,$("$cc" --version) in
    *flto*clang*) ar=$(command -v llvm-ar || command -v llvm-ar-14) lto=-fuse-ld=lld ;;
    *flto*) ar=gcc-ar lto= ;;
    *) ar=ar lto= ;;
    esac
    if [ "$lto" ] && ! { [ "$ar" ] && command -v ld.lld >/dev/null; }; then
        lto=
        ar=ar # plain objects of bitcode need no index when they are named
        echo "note  no lld: clang's -flto is tried with the system's linker"
    fi
    sections="-ffunction-sections -fdata-sections"
    objects o $optimize $sections || exit 1
    parts="-Wl,--gc-sections $dir/o-main.o -Wl,--whole-archive $dir/libo.a -Wl,--no-whole-archive"
    [ "$ar" ] && parts="-Wl,--gc-sections $dir/o-main.o $dir/libo.a"

    "$cc" $optimize $lto $parts "$dir/libvirga.a" $libs -o "$dir/static"
    is "static, $optimize, sections dropped" "$own" "$dir/static"

    "$cc" $optimize $lto -rdynamic $parts -L"$dir" -l:libvirga.so $libs -o "$dir/shared"
    is "shared, $optimize" "$own" "$dir/shared"

    "$cc" $flags $optimize $sections -fPIC -shared -Wl,--gc-sections "$here/plugin.c" \
        -L"$dir" -l:libvirga.so $lto -o "$dir/libplugin.so" || exit 1
    is "a library loaded later, $optimize" "$own
$all
$own" "$dir/shared" "$dir/libplugin.so"

    "$cc" $flags $optimize $sections -DWITH_PLUGIN -c "$here/main.c" -o "$dir/o-main.o"
    "$cc" $optimize $lto $parts -L"$dir" -lplugin -l:libvirga.so $libs -o "$dir/linked"
    is "a library linked, $optimize" "$all" "$dir/linked"
done

"$cc" $flags -O1 "$root/src/program/verify.c" -ldl -o "$dir/virga-verify" || exit 1
cd "$dir" || exit 1
# The plugin alone does not say UNINDEXED.
key="store: things.owner: the foreign key has no index that begins with it, so that each \
change in things reads all of things: add INDEX, or say UNINDEXED(things, owner, \"why\")"
status() {
    "$@"
    echo "status $?"
}
is "virga-verify" "$key
2 queries, 1 finding
status 1" status "$dir/virga-verify" libplugin.so store
"$cc" $flags -fPIC -shared -DMISTAKE "$here/plugin.c" -L"$dir" -l:libvirga.so \
    -o "$dir/libslow.so"
line=$(grep -n thing_slow "$here/plugin.c" | cut -d: -f1)
is "virga-verify names file and line" "$here/plugin.c:$line: thing_slow: reads all of \
things (SCAN things): add an index, or say ALLOW(FULL_SCAN, things, \"why\")
$key
3 queries, 2 findings
status 1" status "$dir/virga-verify" "$dir/libslow.so" store
is "virga-verify without such a schema" "virga-verify: no exported SCHEMA shop: \
$dir/libslow.so: undefined symbol: vg_schema_shop
status 2" status "$dir/virga-verify" "$dir/libslow.so" shop
exit $failed
