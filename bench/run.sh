#!/bin/bash
# Runs the benchmark and prints its tables. It builds nothing: see `make bench`.
#
#     bench/run.sh [--write] [--northwind | --postgres] [BUILD]
#
# BUILD: where the release preset was built (default build/release). With --northwind or
# --postgres only the part of that name is run.
#
# The first table compares Virga with hand-written C, workload by workload; the second does
# that on PostgreSQL, on a server started for it, and the third what a batch saves there;
# then come what Virga costs the compiler and the binary, and the command `virga` beside
# drizzle-kit and the like
# (kit/run.sh). The core is what a program takes
# that opens, creates, inserts, updates, selects and runs a transaction, linked statically
# with --gc-sections to the library of the size preset, which is looked for beside BUILD.
# The part northwind has tables of its own: the routes of Drizzle's benchmark, beside
# hand-written C and beside Drizzle (northwind/run.py).
# With --write the tables also replace what stands in BENCHMARKS.md between the
# lines `<!-- table -->` and `<!-- /table -->`, among them `<!-- postgres -->` and its end, and
# `<!-- northwind -->` and its end.
# Fails when the two sides disagree (no table then) or a bar is missed.
set -euo pipefail
export LC_ALL=C

write= only=
while [[ ${1:-} == --* ]]; do
    case $1 in
    --write) write=1 ;;
    --northwind) only=northwind ;;
    --postgres) only=postgres ;;
    *) echo "run.sh: unknown option $1" >&2; exit 2 ;;
    esac
    shift
done
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:-$root/build/release}" && pwd)
bench=$build/bench/bench
report=$root/BENCHMARKS.md
[ -x "$bench" ] || { echo "run.sh: no $bench; build target bench" >&2; exit 2; }
if [ "$write" ] && ! grep -qx '<!-- table -->' "$report"; then
    echo "run.sh: BENCHMARKS.md has no line <!-- table -->" >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
data=$build/bench/northwind.db

# instructions WORKLOAD SIDE OPS: of all the ops together, set-up not counted; of $program
# on $place
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        --toggle-collect=measure_ops "$program" --data "$place" \
        --only "$1" --side "$2" --ops "$3" >"$work/out" 2>"$work/err" ||
        { cat "$work/out" "$work/err" >&2; exit 1; }
    awk '/Collected :/ { print $NF }' "$work/err"
}

# --- Virga against hand-written C --------------------------------------------------

# run_time PROGRAM PLACE TIMES [BAR]: BAR is that of the time, if it has one
run_time() {
    local program=$1 place=$2 times=$3 time_bar=${4:-}
    local more= line=
    [ -z "$time_bar" ] || more=" time (bar $time_bar) |" line="---|"
    echo "| workload | bar | instructions | raw instr/op | Virga instr/op | time |" \
        "allocations/op | verdict |$more"
    echo "|---|---:|---:|---:|---:|---:|---:|---|$line"
    local name bar ops units time allocations raw virga label
    while read -r name bar ops units; do
        read -r time allocations < <(
            awk -v n="$name" '$1 == n { print $2, $5 }' "$times")
        raw=$(instructions "$name" raw "$ops")
        virga=$(instructions "$name" virga "$ops")
        label=${name/_registered/ (registered)}
        [ "$units" = 1 ] || label="$name (row)"
        # Judged as printed, to three places: callgrind repeats to 0.1 %.
        awk -v name="$label" -v bar="$bar" -v raw="$raw" -v virga="$virga" \
            -v n=$((ops * units)) -v time="$time" -v a="$allocations" \
            -v time_bar="$time_bar" 'BEGIN {
                ratio = sprintf("%.3f", virga / raw)
                ok = ratio + 0 <= bar + 0 && a == "0"
                printf "| %s | %.2f | %s | %.0f | %.0f | %.3f | %s | %s |", name, bar,
                    ratio, raw / n, virga / n, time, a, ok ? "ok" : "MISSED"
                print time_bar == "" ? "" : \
                    time + 0 <= time_bar + 0 ? " ok |" : " MISSED |" }'
    done < <("$program" --list)
}

# --- what the compiler and the binary pay -------------------------------------------

# cpu COMPILER UNIT: user CPU seconds of one compilation
cpu() {
    local TIMEFORMAT=%U
    { time "$1" -std=gnu11 -O2 -I"$root/include" -c "$work/src/$2.c" \
        -o "$work/$1-$2.o" 2>"$work/err"; } 2>&1 || { cat "$work/err" >&2; exit 1; }
}

# middle COMPILER UNIT: the median of what was measured
middle() {
    sort -n "$work/$1-$2.cpu" | sed -n 3p
}

text_of() {
    size -A "$1" | awk '$1 ~ /^\.text/ { sum += $2 } END { print sum + 0 }'
}

# cost WHAT BAR VALUE UNIT: one line of the table
cost() {
    awk -v what="$1" -v bar="$2" -v value="$3" -v unit="$4" 'BEGIN {
        printf "| %s | %s %s | %s %s | %s |\n", what, bar, unit, value, unit,
            value + 0 <= bar + 0 ? "ok" : "MISSED" }'
}

compile_cost() {
    local cc unit round
    echo "| cost | bar | measured | verdict |"
    echo "|---|---:|---:|---|"
    "$root/bench/compile/gen.sh" "$work/src"
    echo 'int main(void) { return 0; }' >"$work/src/nothing.c"
    for cc in gcc clang; do
        if ! command -v "$cc" >/dev/null; then
            echo "| $cc | | not installed | |"
            continue
        fi
        for round in 1 2 3 4 5; do
            for unit in empty schema q20 q40; do
                cpu "$cc" "$unit" >>"$work/$cc-$unit.cpu"
            done
        done
        cost "$cc: 30 tables of 13 columns" 0.4 \
            "$(echo "$(middle $cc schema) $(middle $cc empty)" |
                awk '{ printf "%.3f", $1 - $2 }')" s
        cost "$cc: one more query, to compile" 10 \
            "$(echo "$(middle $cc q40) $(middle $cc q20)" |
                awk '{ printf "%.1f", ($1 - $2) * 1000 / 20 }')" ms
        cost "$cc: one more query, code at -O2" 400 \
            "$(echo "$(text_of "$work/$cc-q40.o") $(text_of "$work/$cc-q20.o")" |
                awk '{ printf "%.0f", ($1 - $2) / 20 }')" bytes
    done
    size_cost "$(dirname "$build")/size/libvirga.a"
}

# linked PROGRAM.c [LIBRARY]: link it as a program that takes only what it calls
linked() {
    gcc -std=gnu11 -Os -I"$root/include" "$@" -o "$work/program" -Wl,--gc-sections \
        -lsqlite3 -lm -pthread
}

# size_cost LIBRARY: what the library, built with the size preset, adds to a program
size_cost() {
    if [ ! -f "$1" ]; then
        echo "| core: code at -Os | 102400 bytes | size preset not built | |"
        return
    fi
    local empty_text empty_size
    linked "$work/src/nothing.c"
    empty_text=$(text_of "$work/program")
    empty_size=$(size "$work/program" | awk 'END { print $1 }')
    linked "$root/bench/compile/core.c" "$1"
    cost "core: code at -Os" 102400 $(($(text_of "$work/program") - empty_text)) bytes
    known "core: code, constants, unwinding and relocations" \
        $(($(size "$work/program" | awk 'END { print $1 }') - empty_size))
    known "libvirga.a: all of that" "$(size -t "$1" | awk 'END { print $1 }')"
}

# known WHAT BYTES: a line without a bar
known() {
    echo "| $1 | | $2 bytes | |"
}

# --- PostgreSQL -----------------------------------------------------------------------

# The times here are the clock's, of client and server together, in turns.
postgres() {
    local server=$root/tests/servers/postgres.sh
    if [ ! -x "$build/bench/bench_postgres" ] || ! command -v psql >/dev/null; then
        echo "PostgreSQL was not measured: that needs libpq and a server."
        return
    fi
    "$server" start "$work/postgres" --while $$ >"$work/err" 2>&1 ||
        { cat "$work/err" >&2; exit 1; }
    local url
    url=$("$server" with "$work/postgres" sh -c 'echo $VIRGA_POSTGRES_URL')
    "$build/bench/bench_postgres" --data "$url" >"$work/pg-times"
    run_time "$build/bench/bench_postgres" "$url" "$work/pg-times" 1.02
    echo
    echo "| over TCP | bar | by hand | Virga | verdict |"
    echo "|---|---:|---:|---:|---|"
    "$build/bench/bench_postgres" --data "$url" --faster batch --than singles | awk '{
        printf "| batch of 100 against one by one | 5 | %s | %s | %s |\n", $2, $3,
            ($3 + 0 >= 5 ? "ok" : "MISSED") }'
    "$server" stop "$work/postgres"
}

# --- the routes of Drizzle's own benchmark ----------------------------------------------

# The answers are compared before anything is measured, by the programs themselves.
northwind() {
    local of=$build/bench/northwind server=$root/tests/servers/postgres.sh url program
    for program in "$of/bench_northwind" "$of/northwind_server" npm wrk python3; do
        command -v "$program" >/dev/null || {
            echo "The routes were not measured: that needs ${program##*/}."
            return
        }
    done
    mkdir -p "$of/work"
    echo "On SQLite, beside hand-written C:"
    echo
    "$of/bench_northwind" --data "$of/work/library.db" --seconds 0.5 >"$work/nw-times"
    run_time "$of/bench_northwind" "$of/work/library.db" "$work/nw-times"
    echo
    "$root/bench/northwind/run.py" --only sqlite "$build" "$of/work" || true # judged by the table
    if [ ! -x "$of/bench_northwind_postgres" ] || ! command -v psql >/dev/null; then
        echo "PostgreSQL was not measured: that needs libpq and a server."
        return
    fi
    "$server" start "$work/postgres" --while $$ >"$work/err" 2>&1 ||
        { cat "$work/err" >&2; exit 1; }
    url=$("$server" with "$work/postgres" sh -c 'echo $VIRGA_POSTGRES_URL')
    echo "On PostgreSQL, beside hand-written C:"
    echo
    "$of/bench_northwind_postgres" --data "$url" --seconds 0.5 >"$work/nw-times"
    run_time "$of/bench_northwind_postgres" "$url" "$work/nw-times"
    echo
    VIRGA_POSTGRES_URL=$url "$root/bench/northwind/run.py" --only postgres "$build" \
        "$of/work" || true
    "$server" stop "$work/postgres"
}

# --- the kit ------------------------------------------------------------------------

kit() {
    if [ -x "$build/virga" ] && command -v npm >/dev/null && command -v sqlite3 >/dev/null; then
        "$root/bench/kit/run.sh" "$build" "$build/bench/kit" || true # judged by the table
    else
        echo "The kit was not measured: that needs the command virga, npm and sqlite3."
    fi
}

# --- all of it ------------------------------------------------------------------------

first_line() {
    "$@" 2>/dev/null | head -n 1 || true
}

machine() {
    local model
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
    echo "${model:-unknown processor}, $(nproc) cores;" \
        "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release);" \
        "$(first_line gcc --version); $(first_line clang --version);" \
        "SQLite $(pkg-config --modversion sqlite3); $(valgrind --version)."
}

# replace NAME FILE: put FILE between the lines <!-- NAME --> and <!-- /NAME --> of the report
replace() {
    awk -v tables="$2" -v begin="<!-- $1 -->" -v end="<!-- /$1 -->" '
        $0 == begin && !inside {
            print
            while ((getline line < tables) > 0) print line
            inside = 1
            next
        }
        $0 == end || (inside && $0 == begin) { inside = 0 }
        !inside' "$report" >"$work/report"
    cat "$work/report" >"$report"
}

# part NAME: print the tables of a part, and write them to the report if that is wanted
part() {
    "$1" | tee "$work/$1.tables"
    [ -z "$write" ] || replace "$1" "$work/$1.tables"
}

table() {
    machine
    echo
    run_time "$bench" "$data" "$work/times"
    echo
    echo '<!-- postgres -->'
    postgres
    echo '<!-- /postgres -->'
    echo
    compile_cost
    echo
    kit
}

if [ -z "$only" ]; then
    "$bench" --data "$data" >"$work/times"
    part table
    echo
fi
part "${only:-northwind}"
! grep -q MISSED "$work"/*.tables
