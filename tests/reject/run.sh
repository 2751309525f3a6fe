#!/bin/bash
# Programs that must not compile, and what the compiler must say about them.
#
#     tests/reject/run.sh <compiler> [folder]
#
# Each *.c marks the line at fault with a comment that quotes the message:
#
#     WHERE(EQ(users.email, 5))  /* expect: the two sides have different types */
#
# or /* expect-gcc: ... */ and /* expect-clang: ... */ where the wordings differ.
# The compilation must fail, its first error must be on that line and contain that
# text, and all it prints must fit in 10 lines, or in N with /* lines: N */.
# A file that says `#ifdef GOOD` or `#ifndef GOOD` must also compile without a word
# under -DGOOD: so it is the marked mistake that is refused, not something else.
set -u
export LC_ALL=C # plain quotes in messages

cc=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${2:-$root/tests/reject}

flags=(-std=gnu11 -Wall -Wextra -I"$root/include" -fsyntax-only)
kind=gcc
if "$cc" --version | grep -q clang; then
    kind=clang
    flags+=(-fmacro-backtrace-limit=1)
fi

# comment NAME FILE: the text of the first such comment, as LINE:TEXT
comment() {
    grep -noE "/\* $1: .*" "$2" | head -n 1 | sed -E "s,/\* $1: (.*),\1,; s, *\*/.*,,"
}

# judge FILE: nothing when it is refused as it should be, else why not
judge() {
    local file=$1 expect line text limit
    expect=$(comment "expect-$kind" "$file")
    [ -n "$expect" ] || expect=$(comment expect "$file")
    [ -n "$expect" ] || { echo "has no expect comment for $kind"; return; }
    line=${expect%%:*}
    text=${expect#*:}
    limit=$(comment lines "$file")
    limit=${limit#*:}

    [ "$status" -ne 0 ] || { echo "compiles"; return; }
    [[ $error == *"$(basename "$file"):$line:"* ]] ||
        { echo "the first error is not on line $line"; return; }
    [[ $error == *"$text"* ]] || { echo "does not say: $text"; return; }
    [ "$count" -le "${limit:-10}" ] || { echo "takes more than ${limit:-10} lines"; return; }

    grep -qE '^ *# *ifn?def GOOD' "$file" || return
    good=$("$cc" "${flags[@]}" -DGOOD "$file" 2>&1) && [ -z "$good" ] ||
        printf 'the corrected version (-DGOOD) does not compile cleanly:\n%s\n' "$good"
}

rejected=0
failed=0
for file in "$folder"/*.c; do
    [ -e "$file" ] || continue
    output=$("$cc" "${flags[@]}" "$file" 2>&1)
    status=$?
    error=$(grep -m 1 -E ': (fatal )?error: ' <<<"$output")
    count=$(grep -c '' <<<"$output")

    problem=$(judge "$file")
    if [ -z "$problem" ]; then
        rejected=$((rejected + 1))
        echo "ok    $(basename "$file") (lines: $count): ${error#*error: }"
    else
        failed=$((failed + 1))
        echo "FAIL  $(basename "$file") (lines: $count): $problem"
        sed 's/^/      | /' <<<"$output" | head -n 30
    fi
done

echo "$kind: $rejected rejected, $failed failed"
[ "$failed" -eq 0 ]
