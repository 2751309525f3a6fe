#!/bin/bash
# The public headers as other people's compilers meet them: each one alone and
# twice as strict C11, those in cxx.txt as C++17 too, and all of them together
# with popular headers before and after (hygiene.c).
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
exit $failed
