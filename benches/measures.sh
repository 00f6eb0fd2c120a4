#!/usr/bin/env bash
# Failure demand of a national year, judged from the service's own store, beside DuckDB doing the same by SQL from Parquet:
# one thread each, in the same run, the same counts or it fails; and all measures together beside what DuckDB needs for that
# one. Then a late fact with one year inside and with five, and a page over five years.
#   benches/measures.sh [CONTACTS]   3,000,000 of them where nothing is said
source "$(dirname "$0")/../scripts/lib.sh"
[ -d assets ] || cargo run -q -p xtask -- assets
[ -x "$TOOLS/bin/python" ] || scripts/setup-tests.sh
# A test tool only, never shipped, pinned.
"$TOOLS/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cargo build --release --locked -p answerable
cargo build --release --locked -p measure --examples
exec "$TOOLS/bin/python" benches/measures.py "${1:-3000000}"
