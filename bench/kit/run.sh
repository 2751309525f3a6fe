#!/bin/bash
# Times the command `virga` beside drizzle-kit, drizzle-orm and the sqlite3 shell, as whole
# processes, on one folder: 200 migrations that lead to 100 tables.
#
#     bench/kit/run.sh BUILD FOLDER      BUILD: of the release preset; FOLDER: for what is made
#                                        here, the packages of npm among it, and kept
#
# Prints a table in Markdown. The commands run in turns, so that a machine which is busy is so
# for all of them; the medians of 5 rounds count, of processor time. Fails when a bar is missed.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
mkdir -p "$2"
work=$(cd "$2" && pwd)
virga=$build/virga
steps=200
rounds=5

# --- the packages -------------------------------------------------------------------

node=$work/node
if [ ! -d "$node/node_modules/drizzle-kit" ]; then
    mkdir -p "$node"
    (cd "$node" && npm init -y && npm install --no-audit --no-fund drizzle-kit@0.31.6 \
        drizzle-orm@0.44.7 @libsql/client@0.15.15) >"$work/npm.log" 2>&1 ||
        { tail -n 20 "$work/npm.log" >&2; exit 1; }
fi

# --- the folder ---------------------------------------------------------------------

config() {
    cat <<END
{"dialect": "sqlite", "schema": "./schema.$1", "out": "./migrations",
 "dbCredentials": {"url": "file:./app.db"}}
END
}

app=$node/app
if [ ! -f "$app/done" ]; then
    rm -rf "$app"
    mkdir -p "$app"
    config h >"$app/virga.json"
    config ts >"$app/drizzle.config.json"
    for ((step = 1; step <= steps; step++)); do
        "$here/gen.py" "$step" "$app"
        (cd "$app" && "$virga" generate --name "step" >"$work/generate.log" 2>&1) ||
            { cat "$work/generate.log" >&2; exit 1; }
    done
    touch "$app/done"
fi
[ "$(grep -c '"tag"' "$app/migrations/meta/_journal.json")" = $steps ] ||
    { echo "run.sh: the folder has not $steps migrations" >&2; exit 1; }
{
    echo "BEGIN;"
    cat "$app"/migrations/*[0-9]_step.sql | sed 's/^--> statement-breakpoint//'
    echo "COMMIT;"
} >"$work/all.sql"
cat >"$node/migrate.mjs" <<'END'
import { migrate } from 'drizzle-orm/libsql/migrator';
import { drizzle } from 'drizzle-orm/libsql';
await migrate(drizzle('file:./app.db'), { migrationsFolder: './migrations' });
END

# --- one measurement ----------------------------------------------------------------

# Sides are folders of their own, made anew from `app` before each run.
fresh() {
    rm -rf "$node/run"
    cp -a "$app" "$node/run"
    [ -z "${1:-}" ] || cp "$work/full.db" "$node/run/app.db"
    [ -z "${2:-}" ] || "$here/gen.py" "$2" "$node/run"
}

# spend NAME COMMAND...: its seconds, of the processors and by the clock, go to a file
spend() {
    local name=$1 begin=$EPOCHREALTIME
    shift
    (cd "$node/run" && "$@" >"$work/out" 2>&1 && times >"$work/spent") ||
        { echo "run.sh: $name: $*" >&2; tail -n 20 "$work/out" >&2; exit 1; }
    # The second line of `times` is about the processes: 0m0.123s 0m0.045s
    awk -v begin="$begin" -v now="$EPOCHREALTIME" 'NR == 2 {
            gsub(/[ms]/, " ")
            printf "%.3f %.3f\n", $1 * 60 + $2 + $3 * 60 + $4, now - begin }' \
        "$work/spent" >>"$work/$name.times"
}

kit() {
    node "$node/node_modules/drizzle-kit/bin.cjs" "$@"
}
shell() {
    sqlite3 app.db <"$work/all.sql"
}

rm -f "$work"/*.times
fresh
(cd "$node/run" && "$virga" migrate >"$work/out" 2>&1) || { cat "$work/out" >&2; exit 1; }
cp "$node/run/app.db" "$work/full.db"

for ((round = 0; round < rounds; round++)); do
    fresh
    (cd "$node/run" && "$virga" generate >/dev/null) # compiles, if a round went before it
    spend virga-generate "$virga" generate
    spend drizzle-generate kit generate --config drizzle.config.json
    spend virga-check "$virga" check
    spend drizzle-check kit check --config drizzle.config.json
    fresh "" $((steps + 1 + round))
    spend virga-change "$virga" generate --name change
    fresh "" $((steps + 1 + round))
    spend drizzle-change kit generate --config drizzle.config.json --name change
    fresh && sync # a commit waits for what is its own only
    spend virga-migrate "$virga" migrate
    fresh && sync
    spend drizzle-migrate node ../migrate.mjs
    fresh && sync
    spend shell-migrate shell
    fresh full
    rm -rf "$node/run/migrations"
    spend virga-pull "$virga" pull
    fresh full
    rm -rf "$node/run/migrations"
    spend drizzle-pull kit pull --config drizzle.config.json
done
rm -rf "$node/run"

# --- the table ----------------------------------------------------------------------

# median NAME COLUMN
median() {
    awk -v c="$2" '{ print $c }' "$work/$1.times" | sort -n | sed -n "$((rounds / 2 + 1))p"
}

# line WHAT NAME OTHER-NAME OTHER BAR [clock]: how many times as fast as the other; the bar is
# on processor time, or on the clock, where the disk counts
line() {
    awk -v what="$1" -v a="$(median "$2" 1)" -v b="$(median "$3" 1)" -v other="$4" \
        -v bar="$5" -v judge="${6:-}" -v x="$(median "$2" 2)" -v y="$(median "$3" 2)" 'BEGIN {
            ratio = sprintf("%.1f", b / a)
            clock = sprintf("%.1f", y / x)
            judged = (judge == "clock" ? clock : ratio) + 0
            printf "| %s | %.3f s | %s %.3f s | %s | %s | %s | %s |\n", what, a, other, b,
                bar, ratio, clock, (bar == "" ? "" : (judged >= bar ? "ok" : "MISSED")) }'
}

{
    echo "| whole process | virga | beside it | bar | times as fast | by the clock | verdict |"
    echo "|---|---:|---:|---:|---:|---:|---|"
    line "generate, nothing changed" virga-generate drizzle-generate drizzle-kit 10
    line "generate, a column more" virga-change drizzle-change drizzle-kit 10
    line "check" virga-check drizzle-check drizzle-kit 10
    line "migrate, 200 on an empty database" virga-migrate shell-migrate sqlite3 1 clock
    line "migrate, the same" virga-migrate drizzle-migrate drizzle-orm ""
    line "pull, 100 tables" virga-pull drizzle-pull drizzle-kit ""
} | tee "$work/table"
! grep -q MISSED "$work/table"
