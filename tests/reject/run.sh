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

# Five hundred files and two compilations each: what follows starts no other programs.

# comment NAME: the text of the first such comment in `lines`, as LINE:TEXT in `found`
comment() {
    local i
    found=
    for i in "${!lines[@]}"; do
        [[ ${lines[i]} == *"/* $1: "* ]] || continue
        found=${lines[i]#*"/* $1: "}
        found=${found%%"*/"*}
        found=$((i + 1)):${found%"${found##*[! ]}"}
        return
    done
}

# judge FILE: `problem` is empty when it is refused as it should be, else why not
judge() {
    local file=$1 line text good
    problem=
    comment "expect-$kind"
    [ -n "$found" ] || comment expect
    [ -n "$found" ] || { problem="has no expect comment for $kind" && return; }
    line=${found%%:*}
    text=${found#*:}
    comment lines
    local limit=${found#*:}

    if [ "$status" -eq 0 ]; then
        problem="compiles"
    elif [[ $error != *"${file##*/}:$line:"* ]]; then
        problem="the first error is not on line $line"
    elif [[ $error != *"$text"* ]]; then
        problem="does not say: $text"
    elif [ "$count" -gt "${limit:-10}" ]; then
        problem="takes more than ${limit:-10} lines"
    elif [[ $'\n'$whole =~ $'\n'\ *#\ *ifn?def\ GOOD ]]; then
        good=$("$cc" "${flags[@]}" -DGOOD "$file" 2>&1) && [ -z "$good" ] ||
            problem="the corrected version (-DGOOD) does not compile cleanly:"$'\n'$good
    fi
}

rejected=0
failed=0
for file in "$folder"/*.c; do
    [ -e "$file" ] || continue
    output=$("$cc" "${flags[@]}" "$file" 2>&1)
    status=$?
    whole=$(<"$file")
    mapfile -t lines <<<"$whole"
    mapfile -t said <<<"$output"
    count=${#said[@]}
    error=
    for line in "${said[@]}"; do
        [[ $line =~ :\ (fatal\ )?error:\  ]] && error=$line && break
    done

    judge "$file"
    if [ -z "$problem" ]; then
        rejected=$((rejected + 1))
        echo "ok    ${file##*/} (lines: $count): ${error#*error: }"
    else
        failed=$((failed + 1))
        echo "FAIL  ${file##*/} (lines: $count): $problem"
        printf '      | %s\n' "${said[@]:0:30}"
    fi
done

echo "$kind: $rejected rejected, $failed failed"
[ "$failed" -eq 0 ]
