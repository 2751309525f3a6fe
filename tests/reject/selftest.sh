#!/bin/bash
# Proves that run.sh can fail: each file below breaks one of its rules, and the
# last one none. A checker that never says no would let every mistake through.
#
#     tests/reject/selftest.sh <compiler>
set -u

cc=$1
run=$(cd "$(dirname "$0")" && pwd)/run.sh
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0

# try YES|NO TITLE WORDS, program on standard input: does run.sh accept it, and say WORDS?
try() {
    rm -f "$dir"/*.c
    cat >"$dir/case.c"
    output=$("$run" "$cc" "$dir" 2>&1) && answer=YES || answer=NO
    if [ "$answer" = "$1" ] && [[ $output == *"$3"* ]]; then
        echo "ok    $2"
    else
        bad=1
        printf 'FAIL  %s: expected %s and "%s", got %s:\n%s\n' "$2" "$1" "$3" "$answer" "$output"
    fi
}

try NO "a program that compiles" "compiles" <<'C'
int x; /* expect: anything */
C
try NO "another text" "does not say" <<'C'
_Static_assert(0, "apples"); /* expect: oranges */
C
try NO "an error on another line" "not on line 1" <<'C'
int x; /* expect: apples */
_Static_assert(0, "apples");
C
try NO "too many lines" "more than 10 lines" <<'C'
_Static_assert(0, "apples"); /* expect: apples */
_Static_assert(0, "apples"); _Static_assert(0, "apples"); _Static_assert(0, "apples");
_Static_assert(0, "apples"); _Static_assert(0, "apples"); _Static_assert(0, "apples");
C
try NO "no expectation" "no expect comment" <<'C'
_Static_assert(0, "apples");
C
try NO "a correction that is refused too" "corrected version" <<'C'
#ifndef GOOD
_Static_assert(0, "apples"); /* expect: apples */
#endif
_Static_assert(0, "pears");
C
try NO "a correction with a warning" "corrected version" <<'C'
#ifdef GOOD
int f(void) { int unused; return 0; }
#else
_Static_assert(0, "apples"); /* expect: apples */
#endif
C
try YES "a larger bound, documented" "1 rejected, 0 failed" <<'C'
/* lines: 40 */
_Static_assert(0, "apples"); /* expect: apples */
_Static_assert(0, "apples"); _Static_assert(0, "apples"); _Static_assert(0, "apples");
_Static_assert(0, "apples"); _Static_assert(0, "apples"); _Static_assert(0, "apples");
C
try YES "a wording per compiler, and a correction" "1 rejected, 0 failed" <<'C'
#ifdef GOOD
extern int fine;
#else
_Static_assert(0, "apples"); /* expect-gcc: apples */ /* expect-clang: apples */
#endif
C
exit $bad
