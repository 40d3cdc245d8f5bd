#!/bin/sh
# A throw-away PostgreSQL for tests and benchmarks.
#
#   scripts/postgres.sh find    prints the directory of the PostgreSQL programs, or fails
#   scripts/postgres.sh run     makes a cluster in a temporary directory, prints
#                               "ready URL" (or "failed REASON"), and lives until its standard
#                               input is closed; then the server is stopped and all is deleted
#
# Whoever needs a database holds the other end of that standard input. When it ends, also by a
# panic or kill -9, the input closes, so no cluster can be left over. By hand: Ctrl-D ends it.
set -u

find_programs() {
    for directory in \
        "$(dirname "$(readlink -f "$(command -v initdb)" 2>/dev/null)" 2>/dev/null)" \
        "$(pg_config --bindir 2>/dev/null)" \
        $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV); do
        if [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ]; then
            echo "$directory"
            return 0
        fi
    done
    return 1
}

fail() {
    echo "failed $1"
    exit 1
}

# Removes everything, whatever way this script ends.
clean_up() {
    if [ -n "${server:-}" ] && kill -QUIT "$server" 2>/dev/null; then
        wait "$server"
    fi
    rm -rf "$directory"
}

run() {
    programs=$(find_programs) || fail "no initdb found (PATH, pg_config, /usr/lib/postgresql/*/bin)"

    # The caller's end decides when this ends, and that is never a reason not to clean up: no
    # signal from its terminal, no broken pipe while it starts.
    trap '' HUP INT TERM PIPE
    directory=$(mktemp -d "${TMPDIR:-/tmp}/huijie-postgres.XXXXXX") || fail "no temporary directory"
    trap clean_up EXIT
    chmod 711 "$directory" # the server's user must be able to pass
    mkdir -m 700 "$directory/data"
    cd "$directory" || fail "cannot enter $directory"

    # PostgreSQL refuses to run as root.
    set --
    if [ "$(id -u)" = 0 ]; then
        user=postgres
        id "$user" >/dev/null 2>&1 || user=nobody
        set -- setpriv --reuid "$(id -u "$user")" --regid "$(id -g "$user")" --clear-groups
        chown "$(id -u "$user"):$(id -g "$user")" "$directory/data"
    fi

    LC_ALL=C "$@" "$programs/initdb" -D "$directory/data" -U postgres -A trust \
        -E UTF8 --locale=C.UTF-8 --no-sync >"$directory/log" 2>&1 </dev/null ||
        fail "initdb: $(tail -n 3 "$directory/log" | tr '\n' ' ')"

    # Ports below the range the kernel gives to outgoing connections; a taken one is passed by.
    attempt=0
    while [ "$attempt" -lt 20 ]; do
        port=$((20000 + ($$ * 7 + attempt * 997) % 12000))
        attempt=$((attempt + 1))
        # Durability is under test: fsync and synchronous_commit stay on. The zone differs from
        # UTC so that a time written without its zone is noticed.
        LC_ALL=C "$@" "$programs/postgres" -D "$directory/data" -p "$port" \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            -c max_connections=200 -c max_wal_size=256MB -c timezone=Asia/Shanghai \
            >"$directory/log" 2>&1 </dev/null &
        server=$!
        while kill -0 "$server" 2>/dev/null; do
            if sed -n 8p "$directory/data/postmaster.pid" 2>/dev/null | grep -q '^ready'; then
                echo "ready postgres://postgres@127.0.0.1:$port/postgres"
                # The caller writes nothing; this returns when the input is closed.
                while read -r _; do :; done
                return 0
            fi
            sleep 0.05
        done
        wait "$server"
        server=
        grep -q 'could not bind' "$directory/log" || break
    done
    fail "postgres: $(tail -n 3 "$directory/log" | tr '\n' ' ')"
}

case "${1:-}" in
find) find_programs ;;
run) run ;;
*)
    sed -n '2,11s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
