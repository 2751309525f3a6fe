#!/bin/bash
# Fuzzing to find something, for developers: each fuzzer of a build with clang, so many seconds
# from a seed that nobody knows before. What they learn stays in BUILD/corpus for the next time.
#
#     tests/fuzz/long.sh BUILD SECONDS [SEED]
#
# An input at fault is left in BUILD/found. Mend the cause, and put the input into
# fuzz/seeds/<name>/ under a name that says what it is: so every run of the tests tries it.
set -u

build=$1
seconds=$2
seed=${3:-$RANDOM}
here=$(cd "$(dirname "$0")" && pwd)
launcher=
! setarch -R true 2>/dev/null || launcher='setarch -R'
failed=0
mkdir -p "$build/corpus" "$build/found"
for source in "$here"/fuzz_*.c; do
    name=$(basename "$source" .c)
    corpus=$build/corpus/$name seeds=$here/seeds/${name#fuzz_}
    mkdir -p "$corpus"
    [ -d "$seeds" ] || seeds=
    if $launcher "$build/$name" -seed="$seed" -max_total_time="$seconds" -timeout=100 \
        -print_final_stats=1 -artifact_prefix="$build/found/$name-" "$corpus" $seeds \
        >"$build/found/$name.log" 2>&1; then
        sed -n "s/^stat::number_of_executed_units: */ok    $name, seed $seed: /p" \
            "$build/found/$name.log"
    else
        failed=1
        echo "FAIL  $name, seed $seed: see $build/found/$name.log"
    fi
done
exit $failed
