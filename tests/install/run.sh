#!/bin/bash
# Installs the library into a folder of its own and builds the program in app/
# against it as a stranger would: with pkg-config, shared and static, and with
# find_package(Virga), shared and static. Each of the four must build and run; so
# must programs that use the kit and JSON, and the command.
#
#     tests/install/run.sh <compiler>
set -eu

cc=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
app=$root/tests/install/app
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
prefix=$dir/prefix

# quiet COMMAND...: its output only when it fails
quiet() {
    "$@" >"$dir/log" 2>&1 || { cat "$dir/log"; return 1; }
}

quiet cmake -S "$root" -B "$dir/virga" -G Ninja -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DVIRGA_BUILD_EXAMPLES=OFF
quiet cmake --build "$dir/virga"
quiet cmake --install "$dir/virga"

libdir=$(dirname "$(dirname "$(find "$prefix" -name virga.pc)")")
export PKG_CONFIG_PATH=$libdir/pkgconfig
flags="-std=c11 -Wall -Wextra -Wpedantic -Werror"

"$cc" $flags $(pkg-config --cflags virga) "$app/main.c" -o "$dir/shared" \
    $(pkg-config --libs virga)
echo "pkg-config, shared: $(LD_LIBRARY_PATH=$libdir "$dir/shared")"

"$cc" $flags $(pkg-config --cflags virga) "$app/main.c" -o "$dir/static" \
    $(pkg-config --static --libs virga | sed 's/-lvirga/-l:libvirga.a/')
echo "pkg-config, static: $("$dir/static")"

quiet cmake -S "$app" -B "$dir/app" -G Ninja -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_FLAGS="$flags"
quiet cmake --build "$dir/app"
echo "find_package, shared: $("$dir/app/app_shared")"
echo "find_package, static: $("$dir/app/app_static")"

"$cc" $flags $(pkg-config --cflags virga-kit) "$app/kit.c" -o "$dir/kit" \
    $(pkg-config --libs virga-kit)
echo "the kit, pkg-config: $(LD_LIBRARY_PATH=$libdir "$dir/kit")"
echo "the kit, find_package, shared: $("$dir/app/kit_shared")"
echo "the kit, find_package, static: $("$dir/app/kit_static")"
"$cc" $flags $(pkg-config --cflags virga-json) "$app/json.c" -o "$dir/json" \
    $(pkg-config --libs virga-json)
echo "JSON, pkg-config: $(LD_LIBRARY_PATH=$libdir "$dir/json")"
echo "JSON, find_package, shared: $("$dir/app/json_shared")"
echo "JSON, find_package, static: $("$dir/app/json_static")"
"$cc" $flags $(pkg-config --cflags virga-seed) "$app/seed.c" -o "$dir/seed" \
    $(pkg-config --libs virga-seed)
echo "seeding, pkg-config: $(LD_LIBRARY_PATH=$libdir "$dir/seed")"
echo "seeding, find_package, shared: $("$dir/app/seed_shared")"
echo "seeding, find_package, static: $("$dir/app/seed_static")"
"$prefix/bin/virga" --version

# The command, in a folder of somebody's: it finds the headers that were installed with it.
mkdir "$dir/work"
cd "$dir/work"
export CC="$cc" VIRGA_CACHE=
virga=$prefix/bin/virga
quiet "$virga" init
quiet "$virga" generate --name init
quiet "$virga" migrate
"$virga" doctor | grep -q "headers  *$prefix/include"
# One that is run where it was built takes those that it was built from.
"$dir/virga/virga" doctor | grep -q "headers  *$root/include"
for file in man/man1/virga.1 man/man5/virga.json.5 bash-completion/completions/virga \
    zsh/site-functions/_virga fish/vendor_completions.d/virga.fish; do
    test -f "$prefix/share/$file"
done
echo "virga: $("$virga" status | tail -n 1)"
