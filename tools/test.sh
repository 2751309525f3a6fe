#!/bin/bash
# The whole test suite: with gcc and with clang under the address and
# undefined-behaviour sanitizers, the unit and integration tests again under
# valgrind, the tests with threads under the thread sanitizer. What does not
# depend on the compiler runs with gcc alone, what takes long under valgrind is
# left to the sanitizers: CMakePresets.json. It ends with a count of what ran. A test that was skipped, disabled or could not start is a
# failure: what is not tested must not look tested.
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 2

failed=0
rejected=0
skipped=0
summary=

sum() {
    awk '{ total += $1 } END { print total + 0 }'
}

# run PRESET TARGETS: build the targets and run the tests the preset selects
run() {
    local preset=$1 targets=$2 start=$SECONDS verdict=passed
    local console=build/$preset/ctest.log log=build/$preset/Testing/Temporary/LastTest.log
    echo
    echo "=== $preset"
    mkdir -p "$(dirname "$log")"
    : >"$console"
    : >"$log"
    cmake --preset "$preset" >/dev/null && cmake --build --preset "$preset" --target $targets &&
        ctest --preset "$preset" | tee "$console" || verdict=FAILED

    # The console has what ctest says of a test, the log what the test says itself:
    # cmocka "3 test(s) run" and "[  SKIPPED ] 1 test(s)", reject/run.sh "9 rejected".
    local tests cases unstarted skips
    tests=$(grep -cE '^ *[0-9]+/[0-9]+ Test ' "$console")
    unstarted=$(grep -cE '\*\*\*(Not Run|Skipped)' "$console")
    cases=$(sed -nE 's/^\[=+\] .*\b([0-9]+) test\(s\) run.*/\1/p' "$log" | sum)
    skips=$(sed -nE 's/^\[ +SKIPPED +\] .*\b([0-9]+) test\(s\).*/\1/p' "$log" | sum)
    rejected=$((rejected + $(sed -nE 's/^(gcc|clang): ([0-9]+) rejected.*/\2/p' "$log" | sum)))
    skipped=$((skipped + skips + unstarted))
    [ $verdict = passed ] || failed=1
    summary+=$(printf '%-10s %-7s %4d tests, %5d cases, %4d s' \
        "$preset" $verdict "$tests" "$cases" $((SECONDS - start)))$'\n'
}

run dev all
run clang all
run valgrind "tests_unit tests_integration"
run tsan tests_threads

echo
echo "=== summary"
printf "%s\n" "$summary"
echo "programs the compilers rejected: $rejected"
echo "skipped: $skipped"
[ $failed -eq 0 ] && [ "$skipped" -eq 0 ]
