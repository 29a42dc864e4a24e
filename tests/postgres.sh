#!/bin/sh
# A throwaway PostgreSQL server for tests.
#
#   tests/postgres.sh run CMD...   runs CMD with MIERNIK_TEST_POSTGRES set, then removes the server
#   tests/postgres.sh start        starts a server and prints its URL; it stays
#   tests/postgres.sh stop URL     stops and removes the server of that URL
#   tests/postgres.sh pause URL    stops it at once, as a power cut would, and keeps its databases
#   tests/postgres.sh resume URL   starts it again
#
# The server listens only on a socket in its own directory. Its settings are PostgreSQL's own (fsync on), its
# order of texts is Polish when the server can, so that nothing relies on the order of bytes.
set -eu

say() { echo "postgres.sh: $*" >&2; }
fail() { say "$*"; exit 2; }

bin() {
    found=$(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -V | tail -n 1)
    if command -v initdb >/dev/null; then dirname "$(command -v initdb)"
    elif [ -n "$found" ] && [ -x "$found/initdb" ]; then echo "$found"
    else fail "no PostgreSQL server programs found (Debian: apt-get install postgresql)"
    fi
}

# The server refuses to run as root.
as_owner() {
    if [ "$(id -u)" -ne 0 ]; then "$@"
    elif id postgres >/dev/null 2>&1; then runuser -u postgres -- "$@"
    else runuser -u nobody -- "$@"
    fi
}

launch() {
    as_owner "$bin/pg_ctl" -D "$dir/db" -l "$dir/db/server.log" -w -t 60 \
        -o "-c listen_addresses='' -c unix_socket_directories=$dir -c max_connections=300" start >"$dir/log" 2>&1
}

start() {
    bin=$(bin)
    # Short: the path of a socket has at most 107 characters.
    dir=$(mktemp -d /tmp/miernik-pg.XXXXXX)
    if [ "$(id -u)" -eq 0 ]; then chown "$(as_owner id -u)" "$dir"; fi
    chmod 755 "$dir"
    cd "$dir"
    as_owner "$bin/initdb" -D "$dir/db" -U miernik --auth=trust -E UTF8 --locale-provider=icu --icu-locale=pl-PL --no-instructions >"$dir/log" 2>&1 ||
        { rm -rf "$dir/db"; as_owner "$bin/initdb" -D "$dir/db" -U miernik --auth=trust -E UTF8 --locale=C --no-instructions >"$dir/log" 2>&1; } ||
        { cat "$dir/log" >&2; rm -rf "$dir"; fail "initdb failed"; }
    launch || { cat "$dir/log" "$dir/db/server.log" >&2; rm -rf "$dir"; fail "the server did not start"; }
    url="postgres://miernik@$(echo "$dir" | sed 's|/|%2F|g')/postgres"
}

find_server() {
    dir=$(echo "$1" | sed -e 's|^postgres://miernik@||' -e 's|/postgres$||' -e 's|%2F|/|g')
    case "$dir" in /tmp/miernik-pg.*) ;; *) fail "not a server of this script: $1" ;; esac
    bin=$(bin)
    cd /
}

halt() {
    as_owner "$bin/pg_ctl" -D "$dir/db" -m immediate -w stop >/dev/null 2>&1 || say "the server had already stopped"
}

stop() {
    find_server "$1"
    halt
    rm -rf "$dir"
}

case "${1:-}" in
run)
    shift
    here=$(pwd)
    start
    trap 'stop "$url"' EXIT
    trap 'exit 130' INT TERM HUP
    cd "$here"
    MIERNIK_TEST_POSTGRES="$url" "$@"
    ;;
start)
    start
    echo "$url"
    ;;
stop)
    stop "${2:?the URL that start printed}"
    ;;
pause)
    find_server "${2:?the URL that start printed}"
    halt
    ;;
resume)
    find_server "${2:?the URL that start printed}"
    launch || { cat "$dir/log" >&2; fail "the server did not start again"; }
    ;;
*)
    fail "usage: tests/postgres.sh run CMD... | start | stop URL | pause URL | resume URL"
    ;;
esac
