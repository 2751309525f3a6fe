#!/bin/bash
# The amalgamation as a stranger meets it: two files next to the program, one command.
#
#     tests/amalgam/run.sh <C compiler> <C++ compiler>
#
# Checks that the tool writes the same bytes each time, that the files compile without a
# warning as C11 and as gnu2x, that libsqlite3 is all that is linked, that C++ can use
# what C++ can, and that a mistake in a query is still said in a few lines.
set -u

cc=$1
cxx=$2
cd "$(dirname "$0")/../.." || exit 2
here=$PWD/tests/amalgam
app=$PWD/tests/install/app
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# check TITLE COMMAND...: it must succeed and print nothing but OK
check() {
    local title=$1 output
    shift
    if output=$("$@" 2>&1) && [ -z "${output##OK*}" ]; then
        echo "ok    $title"
    else
        failed=1
        printf 'FAIL  %s\n%s\n' "$title" "$output" | head -n 30
    fi
}

same_twice() {
    tools/amalgam "$dir" && tools/amalgam "$dir/again" &&
        for file in virga virga_json virga_seed; do
            cmp "$dir/$file.h" "$dir/again/$file.h" && cmp "$dir/$file.c" "$dir/again/$file.c" ||
                return 1
        done
}

# A mistake in an application: one error, in the words of the check.
few_lines() {
    local said lines
    said=$("$cc" -std=gnu11 $quiet -I"$dir" -fsyntax-only "$here/mistake.c" 2>&1) &&
        { echo "the mistake was accepted"; return 1; }
    lines=$(echo "$said" | wc -l)
    case $said in
    *"the two sides have different types"*) [ "$lines" -le 10 ] || echo "$lines lines: $said" ;;
    *) echo "$said" ;;
    esac
}

case $("$cc" --version) in
*clang*) quiet=-fmacro-backtrace-limit=1 ;;
*) quiet= ;;
esac

check "the tool writes the same bytes each time" same_twice

# What the outside program includes by name, here by the file next to it.
mkdir "$dir/virga" && echo '#include "../virga.h"' >"$dir/virga/virga.h"
cp "$app/main.c" "$app/schema.h" "$dir"
for how in "-std=gnu11 -O2" "-std=c11 -O0" "-std=gnu2x -O0"; do
    std=${how% *}
    check "virga.c with $how" "$cc" $how -Wall -Wextra -Werror -c "$dir/virga.c" \
        -o "$dir/virga.o"
    check "a program of its own, $std: main.c and that" \
        "$cc" $std -Wall -Wextra -Werror -I"$dir" "$dir/main.c" "$dir/virga.o" \
        -o "$dir/app" -lsqlite3
    check "it runs" "$dir/app"
done
check "one command: cc main.c virga.c -lsqlite3" \
    "$cc" -I"$dir" "$dir/main.c" "$dir/virga.c" -o "$dir/app" -lsqlite3
check "it runs" "$dir/app"
for debug in "" -DVIRGA_DEBUG; do
    check "virga.c with a strict program's flags $debug" "$cc" -std=gnu11 -Wall -Wextra \
        -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Werror \
        $debug -c "$dir/virga.c" -o "$dir/strict.o"
    check "a program with it" "$cc" -std=gnu11 -I"$dir" "$dir/main.c" "$dir/strict.o" \
        -o "$dir/strict" -lsqlite3
    check "it runs" "$dir/strict"
done
check "with PostgreSQL" "$cc" -std=gnu11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
    -Wno-sign-conversion -Wstrict-prototypes -Werror -DVIRGA_POSTGRES \
    $(pkg-config --cflags libpq) -c "$dir/virga.c" -o "$dir/postgres.o"
check "a program with it" "$cc" -std=gnu11 -I"$dir" "$dir/main.c" "$dir/postgres.o" \
    -o "$dir/postgres" -lsqlite3 -lpq
check "it runs" "$dir/postgres"
cp "$here/beside.c" "$dir"
for library in json seed; do
    for std in c11 gnu11; do
        check "virga_$library.c as $std" "$cc" -std=$std -Wall -Wextra -Wpedantic -Wshadow \
            -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Werror \
            -c "$dir/virga_$library.c" -o "$dir/virga_$library.o"
    done
done
check "a program with both" "$cc" -std=gnu11 -Wall -Wextra -Werror -I"$dir" "$dir/beside.c" \
    "$dir/virga.o" "$dir/virga_json.o" "$dir/virga_seed.o" -o "$dir/beside" -lsqlite3 -lm
check "it runs" "$dir/beside"
check "C++: virga.h and virga.o" "$cxx" -std=c++17 -Wall -Wextra -pedantic -Werror \
    -I"$dir" "$here/plus.cc" "$dir/virga.o" -o "$dir/plus" -lsqlite3
check "it runs" "$dir/plus"
check "a mistake is said in a few lines" few_lines
exit $failed
