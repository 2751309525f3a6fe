#!/bin/bash
# The public headers as other people's compilers meet them: each one alone and
# twice as strict C11, those in cxx.txt as C++17 too, and all of them together
# with popular headers before and after (hygiene.c), and without the SQL words.
#
#     tests/headers/run.sh <C compiler> <C++ compiler>
set -u

cc=$1
cxx=$2
cd "$(dirname "$0")/../.." || exit 2
strict="-Wall -Wextra -pedantic -Werror -Iinclude -fsyntax-only"
failed=0

# compile TITLE COMMAND..., source on standard input
compile() {
    local title=$1 output
    shift
    if output=$("$@" 2>&1) && [ -z "$output" ]; then
        echo "ok    $title"
    else
        failed=1
        printf 'FAIL  %s\n%s\n' "$title" "$output" | head -n 30
    fi
}

for header in include/virga/*.h; do
    name=${header#include/}
    # A header of macros alone leaves an empty file, which pedants refuse.
    printf '#include <%s>\n#include <%s>\nextern int not_empty;\n' "$name" "$name" |
        compile "$name as C11" "$cc" -std=c11 $strict -x c -
done

for name in $(grep -v '^#' tests/headers/cxx.txt); do
    printf '#include <virga/%s>\n#include <virga/%s>\n' "$name" "$name" |
        compile "virga/$name as C++17" "$cxx" -std=c++17 $strict -x c++ -
done

glib=$(pkg-config --cflags glib-2.0 2>/dev/null | sed 's/-I/-isystem /g')
for order in VIRGA_FIRST VIRGA_LAST; do
    compile "among popular headers, $order" "$cc" -std=gnu11 $strict $glib \
        -D$order tests/headers/hygiene.c
done
compile "without the SQL words" "$cc" -std=c11 $strict tests/headers/no_words.c
compile "every schema word taken by a macro" "$cc" -std=c11 $strict \
    tests/headers/spellings.c
compile "short lower case macros" "$cc" -std=c11 $strict tests/headers/lowercase.c

# one_object.c is linked with itself and run: a schema's objects are shared by all files.
program=$(mktemp -d)
trap 'rm -rf "$program"' EXIT
for how in -O0 -O2 "-O2 -flto"; do
    name="one object in two files, $how"
    if for other in "" -DOTHER; do
        "$cc" -std=c11 -Iinclude $how $other -c tests/headers/one_object.c \
            -o "$program/one$other.o" || exit 1
    done && "$cc" $how "$program"/one*.o -o "$program/one" && "$program/one"; then
        echo "ok    $name"
    else
        echo "FAIL  $name"
        failed=1
    fi
done
exit $failed
