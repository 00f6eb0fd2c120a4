#!/usr/bin/env bash
# A throwaway PostgreSQL for the tests:  test-postgres.sh start | stop | url
#
# The cluster lives under the system's temporary folder (the server refuses to run as root, and the user postgres may
# not be able to enter the checkout); its name comes from the checkout's path, so two clones do not meet. It listens
# on 127.0.0.1 and a free port, trusts local users and does not wait for the disk: never keep anything in it.
source "$(dirname "$0")/lib.sh"

PLACE=${TMPDIR_FOR_POSTGRES:-/tmp}/answerable-pg-$(printf '%s' "$ROOT" | cksum | cut -d' ' -f1)-$(id -u)
SEED=$ROOT/target/pg-seed.tar
SAID=$ROOT/target/pg.url

bin() {
    local newest
    newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$newest" ]; then printf '%s' "$newest"; else dirname "$(command -v initdb)"; fi
}
BIN=$(bin) || refuse "PostgreSQL is not installed: scripts/setup-tests.sh installs it"

# The server runs as postgres when we are root, else as ourselves.
if [ "$(id -u)" = 0 ]; then as_server() { (cd / && runuser -u postgres -- env LC_ALL=C "$@"); }; else as_server() { (cd / && env LC_ALL=C "$@"); }; fi

free_port() { node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

start() {
    stop
    mkdir -p target
    install -d -m 700 "$PLACE"
    if [ "$(id -u)" = 0 ]; then chown postgres: "$PLACE"; fi
    if [ ! -s "$SEED" ]; then
        as_server "$BIN/initdb" -D "$PLACE/data" -U answerable -A trust -E UTF8 --locale=C --no-sync >"$ROOT/target/pg-initdb.log" 2>&1 ||
            { cat target/pg-initdb.log >&2; refuse "initdb failed"; }
        cat >>"$PLACE/data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$PLACE'
max_connections = 300
shared_buffers = 64MB
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 128MB
log_min_messages = fatal
SETTINGS
        tar -C "$PLACE" -cf "$SEED.new" data && mv "$SEED.new" "$SEED"
    else
        tar -C "$PLACE" -xf "$SEED"
        if [ "$(id -u)" = 0 ]; then chown -R postgres: "$PLACE"; fi
        # A seed may come from a checkout that was moved since.
        sed -i "s|^unix_socket_directories = .*|unix_socket_directories = '$PLACE'|" "$PLACE/data/postgresql.conf"
    fi
    local port try
    for try in 1 2 3 4 5; do
        port=$(free_port)
        if as_server "$BIN/pg_ctl" -D "$PLACE/data" -o "-p $port" -l "$PLACE/log" -w -t 30 start >/dev/null 2>&1; then
            printf 'postgres://answerable@127.0.0.1:%s/postgres' "$port" >"$SAID"
            return
        fi
    done
    cat "$PLACE/log" >&2
    refuse "PostgreSQL did not start"
}

stop() {
    if [ -f "$PLACE/data/postmaster.pid" ]; then
        as_server "$BIN/pg_ctl" -D "$PLACE/data" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$PLACE" "$SAID"
}

case "${1:-}" in
    start) start ;;
    stop) stop ;;
    url) cat "$SAID" 2>/dev/null || refuse "not started: scripts/test-postgres.sh start" ;;
    *) refuse "say start, stop or url" ;;
esac
