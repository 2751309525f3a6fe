#!/bin/bash
# A PostgreSQL server of its own for tests: in one folder, on free ports of 127.0.0.1.
#
#     postgres.sh start DIR [--tls] [--replica] [--pgbouncer] [--set 'name = value']...
#                           [--while PID]
#     postgres.sh with DIR COMMAND...     run a command with VIRGA_POSTGRES_URL and its like
#     postgres.sh down|up DIR primary|replica|pgbouncer    stop as a crash would; start again
#     postgres.sh promote DIR             make the replica a primary
#     postgres.sh stop DIR                end what start began, and remove it
#
# start waits until everything answers, or fails within a minute and says why. A folder that
# a killed run has left is stopped and begun anew; with --while, servers end by themselves
# once that process is gone. DIR/env has what `with` exports:
#
#     VIRGA_POSTGRES_URL          role virga (a superuser, password virga), database virga
#     VIRGA_POSTGRES_REPLICA_URL  the same on the replica
#     VIRGA_POSTGRES_POOLER_URL   the same through pgbouncer, transaction mode
#     VIRGA_POSTGRES_HOME         the folder of the servers: tls/{ca,client}.crt, sock, *.log
#     VIRGA_POSTGRES_DIR          DIR, for `down` and `up`
#
# Other roles: guest/guest (may log in and no more), tlsonly/tls (TLS only), md5/md5 and
# plain/plain (by those methods), cert (database virga, by a client certificate, with --tls).
#
# Where VIRGA_POSTGRES_URL is set already, `with` uses that server and `start` of the folder
# of the test suite (VIRGA_POSTGRES_SUITE=1) starts none. As root, servers run as the user
# postgres. Nothing is ever flushed to the disk (fsync off): for tests only.
set -u -o pipefail

usage() {
    sed -n '2,/^set /s/^# \{0,1\}//p' "$0" | sed '$d'
    exit 2
}

die() {
    echo "postgres.sh: $*" >&2
    exit 1
}

[ $# -ge 2 ] || usage
verb=$1 dir=$2
shift 2

# --- where things are --------------------------------------------------------------

owner=
[ "$(id -u)" != 0 ] || owner=postgres

# As the user of the servers, in a folder that it can be in.
as() {
    if [ -n "$owner" ]; then (cd / && exec runuser -u "$owner" -- "$@"); else "$@"; fi
}

find_programs() {
    bin=${VIRGA_POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
    bin=${bin:-$(pg_config --bindir 2>/dev/null)}
    [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] ||
        die "no PostgreSQL server is installed (Debian: apt-get install postgresql," \
            "or tools/setup.sh test); VIRGA_POSTGRES_BIN says where another one is"
    [ -z "$owner" ] || id "$owner" >/dev/null 2>&1 ||
        die "root needs the user '$owner' to run a server as"
}

# The servers live in DIR, unless that is too long for a socket's path or out of the reach of
# their user: then in a folder for temporary files that DIR/home names.
make_home() {
    mkdir -p "$dir" || exit 1
    dir=$(cd "$dir" && pwd)
    home=$dir/servers
    mkdir -p "$home"
    chmod 755 "$home"
    if [ ${#home} -gt 75 ] || { [ -n "$owner" ] && ! as test -x "$home"; }; then
        rmdir "$home"
        home=$(mktemp -d "${TMPDIR:-/tmp}/virga-pg.XXXXXX") || exit 1
        chmod 755 "$home"
    fi
    echo "$home" >"$dir/home"
    mkdir "$home/sock" "$home/tls"
    [ -z "$owner" ] || chown -R "$owner" "$home"
}

read_home() {
    [ -s "$dir/home" ] || return 1
    dir=$(cd "$dir" && pwd)
    home=$(cat "$dir/home")
    [ -d "$home" ]
}

# A port that nobody listens at, with room for chance: start tries another when it is taken.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

url() {
    echo "postgresql://virga:virga@127.0.0.1:$(cat "$home/$1.port")/virga"
}

# --- one server --------------------------------------------------------------------

up_server() {
    as "$bin/pg_ctl" -D "$home/$1" -l "$home/$1.log" -w -t 30 -s \
        -o "-p $(cat "$home/$1.port")" start >/dev/null 2>&1
}

up_pgbouncer() {
    as pgbouncer -q -d "$home/pgbouncer.ini" >/dev/null 2>&1 || return 1
    local i
    for i in $(seq 100); do
        PGCONNECT_TIMEOUT=2 "$bin/psql" -qXAt "$(url pgbouncer)" -c 'select 1' \
            >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}

up() {
    if [ "$1" = pgbouncer ]; then up_pgbouncer; else up_server "$1"; fi
}

# Start at a free port, and at another one if somebody was quicker.
launch() {
    local i
    for i in 1 2 3; do
        free_port >"$home/$1.port"
        [ "$1" != pgbouncer ] || write_pgbouncer
        up "$1" && return 0
        grep -qE 'Address already in use|EADDRINUSE' "$home/$1.log" || break
    done
    tail -5 "$home/$1.log" >&2
    die "$1 did not start"
}

down() {
    if [ "$1" = pgbouncer ]; then
        [ ! -s "$home/pgbouncer.pid" ] || kill -KILL "$(cat "$home/pgbouncer.pid")" 2>/dev/null
        rm -f "$home/pgbouncer.pid"
    elif [ -s "$home/$1/postmaster.pid" ]; then
        as "$bin/pg_ctl" -D "$home/$1" -m immediate -w -t 20 -s stop >/dev/null 2>&1
    fi
}

# --- what they are made of -----------------------------------------------------------

# A CA, and certificates of the server (localhost, 127.0.0.1) and of the role cert; `expired`
# is as the server's, but of the past.
write_tls() {
    local name subject days
    cd "$home/tls" || exit 1
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
        -subj /CN=virga-tests -addext basicConstraints=critical,CA:TRUE \
        -keyout ca.key -out ca.crt 2>/dev/null || die "openssl cannot make certificates"
    echo 'subjectAltName=DNS:localhost,IP:127.0.0.1' >san
    for name in server client expired; do
        subject=localhost days=30
        [ $name != client ] || subject=cert
        [ $name != expired ] || days=-1
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$subject" \
            -keyout $name.key -out $name.csr 2>/dev/null &&
            openssl x509 -req -in $name.csr -CA ca.crt -CAkey ca.key -CAcreateserial \
                -days $days -extfile san -out $name.crt 2>/dev/null ||
            die "openssl cannot make the certificate '$name'"
    done
    chmod 600 ./*.key
    [ -z "$owner" ] || chown "$owner" ./*
    cp client.key client-own.key # the tests' own user reads it: libpq insists on the owner
    cd - >/dev/null || exit 1
}

write_primary() {
    as env LC_ALL=C "$bin/initdb" -D "$home/primary" -U postgres -E UTF8 --locale=C.UTF-8 \
        --auth-local=trust --auth-host=scram-sha-256 --no-sync --no-instructions \
        >"$home/initdb.log" 2>&1 || die "initdb failed: $(tail -2 "$home/initdb.log")"
    {
        cat <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home/sock'
password_encryption = scram-sha-256
wal_level = logical
max_connections = 100
shared_buffers = 32MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 1h
log_min_messages = warning
CONF
        [ -z "$tls" ] || cat <<CONF
ssl = on
ssl_ca_file = '$home/tls/ca.crt'
ssl_cert_file = '$home/tls/server.crt'
ssl_key_file = '$home/tls/server.key'
CONF
        printf '%s\n' "${settings[@]}"
    } >>"$home/primary/postgresql.conf"
    {
        echo "local   all          all                     trust"
        [ -z "$tls" ] || echo "hostssl all          cert     127.0.0.1/32   cert"
        [ -z "$tls" ] || echo "hostssl all          tlsonly  127.0.0.1/32   scram-sha-256"
        echo "host    all          tlsonly  127.0.0.1/32   reject"
        echo "host    all          md5      127.0.0.1/32   md5"
        echo "host    all          plain    127.0.0.1/32   password"
        echo "host    all          all      127.0.0.1/32   scram-sha-256"
        echo "host    replication  virga    127.0.0.1/32   scram-sha-256"
    } >"$home/primary/pg_hba.conf"
}

write_roles() {
    as "$bin/psql" -qXAt -h "$home/sock" -p "$(cat "$home/primary.port")" -U postgres \
        -v ON_ERROR_STOP=1 >/dev/null <<SQL || die "the roles cannot be made"
create role virga superuser login replication password 'virga';
create role guest login password 'guest';
create role tlsonly login password 'tls';
create role plain login password 'plain';
create role cert login;
set password_encryption = 'md5';
create role md5 login password 'md5';
create database virga owner virga;
SQL
}

write_replica() {
    as env PGPASSWORD=virga "$bin/pg_basebackup" -h 127.0.0.1 -p "$(cat "$home/primary.port")" \
        -U virga -D "$home/replica" -R -X stream -c fast --no-sync >"$home/basebackup.log" 2>&1 ||
        die "the replica cannot be made: $(tail -1 "$home/basebackup.log")"
}

# Server connections are few, so that clients do share them.
write_pgbouncer() {
    printf '"virga" "virga"\n"guest" "guest"\n' >"$home/users.txt"
    cat >"$home/pgbouncer.ini" <<INI
[databases]
* = host=127.0.0.1 port=$(cat "$home/primary.port")
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $(cat "$home/pgbouncer.port")
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $home/users.txt
admin_users = virga
pool_mode = transaction
max_client_conn = 200
default_pool_size = 4
logfile = $home/pgbouncer.log
pidfile = $home/pgbouncer.pid
INI
    [ -z "$owner" ] || chown "$owner" "$home/users.txt" "$home/pgbouncer.ini"
}

# --- the verbs -----------------------------------------------------------------------

stop() {
    read_home || return 0
    end
}

# The servers of $home and what they have written.
end() {
    local name
    for name in pgbouncer replica primary; do
        [ ! -e "$home/$name.port" ] || down $name
    done
    [ "$(cat "$dir/home" 2>/dev/null)" != "$home" ] || rm -f "$dir/home" "$dir/env"
    rm -rf "$home"
}

# End the servers once process $1 is gone, unless they are gone before it; $dir may be, too.
watch() {
    local mark=$home/watched-$RANDOM$RANDOM
    touch "$mark"
    (
        while [ -e "$mark" ] && kill -0 "$1" 2>/dev/null; do sleep 1; done
        [ ! -e "$mark" ] || end
    ) </dev/null >/dev/null 2>&1 &
    disown
}

start() {
    local replica='' pgbouncer='' process=''
    tls='' settings=()
    while [ $# -gt 0 ]; do
        case $1 in
        --tls) tls=1 ;;
        --replica) replica=1 ;;
        --pgbouncer) pgbouncer=1 ;;
        --set) settings+=("$2") && shift ;;
        --while) process=$2 && shift ;;
        *) usage ;;
        esac
        shift
    done
    [ -z "$pgbouncer" ] || command -v pgbouncer >/dev/null || die "pgbouncer is not installed"
    stop
    make_home
    [ -z "$tls" ] || write_tls
    write_primary
    launch primary
    write_roles
    {
        echo "VIRGA_POSTGRES_DIR=$dir"
        echo "VIRGA_POSTGRES_HOME=$home"
        echo "VIRGA_POSTGRES_URL=$(url primary)"
    } >"$dir/env.new"
    if [ -n "$replica" ]; then
        write_replica
        launch replica
        echo "VIRGA_POSTGRES_REPLICA_URL=$(url replica)" >>"$dir/env.new"
    fi
    if [ -n "$pgbouncer" ]; then
        launch pgbouncer
        echo "VIRGA_POSTGRES_POOLER_URL=$(url pgbouncer)" >>"$dir/env.new"
    fi
    mv "$dir/env.new" "$dir/env"
    [ -z "$process" ] || watch "$process"
}

case $verb in
start)
    if [ -n "${VIRGA_POSTGRES_SUITE:-}" ]; then
        [ -z "${VIRGA_POSTGRES_URL:-}" ] || exit 0
        set -- "$@" --while $PPID
    fi
    find_programs
    start "$@"
    ;;
stop)
    find_programs
    stop
    ;;
with)
    if [ -z "${VIRGA_POSTGRES_URL:-}" ]; then
        [ -s "$dir/env" ] || die "no server was started in $dir"
        while IFS= read -r line; do export "${line?}"; done <"$dir/env"
    fi
    exec "$@"
    ;;
up | down | promote)
    find_programs
    read_home || die "no server was started in $dir"
    case $verb in
    up) up "$1" || die "$1 did not start" ;;
    down) down "$1" ;;
    promote) as "$bin/pg_ctl" -D "$home/replica" -w -t 20 -s promote >/dev/null ;;
    esac
    ;;
*) usage ;;
esac
