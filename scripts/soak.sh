#!/usr/bin/env bash
# The long tests whole, on both databases: what `make test` runs a slice of. They print their seed.
source "$(dirname "$0")/lib.sh"
trap 'scripts/test-postgres.sh stop || true' EXIT
scripts/test-postgres.sh start
ANSWERABLE_TEST_POSTGRES=$(scripts/test-postgres.sh url)
export ANSWERABLE_TEST_POSTGRES
cargo build -p answerable
node tests/kills.mjs "${KILLS:-200}"
ANSWERABLE_SOAK=${ANSWERABLE_SOAK:-50} cargo test --workspace -- --nocapture --test-threads=2
