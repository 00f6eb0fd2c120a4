#!/usr/bin/env bash
# All tests, in sections; goes on after a failed one, so that one run tells everything.
#   scripts/test.sh [SECTION…]   setup assets format clippy tidy rust browser kills papers deny
source "$(dirname "$0")/lib.sh"
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
export INSTA_UPDATE=no
began=$SECONDS
passed=0
failed=()

# Folders of tests go with the checkout, not into the system's temporary folder.
rm -rf "$ROOT/target/tmp"
mkdir -p "$ROOT/target/tmp"

finish() {
    scripts/test-postgres.sh stop || true
    rm -rf "$ROOT/target/tmp"
}
trap finish EXIT
trap 'exit 130' INT TERM

section() { # NAME TITLE COMMAND…
    local name=$1 what=$2 start=$SECONDS
    shift 2
    if [ ${#only[@]} -gt 0 ] && [[ " ${only[*]} " != *" $name "* ]]; then return; fi
    title "$what"
    if "$@" </dev/null; then
        passed=$((passed + 1))
        say "-- $name passed in $((SECONDS - start)) s"
    else
        failed+=("$name")
        say "-- $name FAILED after $((SECONDS - start)) s"
    fi
}

rust() {
    scripts/test-postgres.sh start || return 1
    ANSWERABLE_TEST_POSTGRES=$(scripts/test-postgres.sh url)
    export ANSWERABLE_TEST_POSTGRES
    say "PostgreSQL for the tests: $ANSWERABLE_TEST_POSTGRES"
    if cargo nextest --version >/dev/null 2>&1; then
        # nextest runs no examples in the documentation, hence the second command
        TMPDIR="$ROOT/target/tmp" cargo nextest run --workspace --status-level fail --final-status-level fail --no-fail-fast &&
            TMPDIR="$ROOT/target/tmp" cargo test --workspace --doc --quiet
    else
        TMPDIR="$ROOT/target/tmp" cargo test --workspace --no-fail-fast --quiet
    fi
}

browser() {
    # The same build as the Rust tests': another set of features would compile every dependency again.
    cargo test --quiet --workspace --no-run && TMPDIR="$ROOT/target/tmp" node tests/run.mjs
}

kills() { TMPDIR="$ROOT/target/tmp" node tests/kills.mjs 4; }

only=("$@")
section setup "What the tests need" scripts/setup-tests.sh
section assets "Styles and scripts" cargo xtask assets
section format "Format" cargo fmt --all --check
section clippy "Clippy" cargo clippy --quiet --workspace --all-targets -- -D warnings
section tidy "Tidy: what the compiler cannot hold" cargo xtask tidy
section rust "Rust tests, on SQLite and PostgreSQL" rust
section browser "Journeys in a browser, with axe, with and without JavaScript" browser
section kills "Server and browser killed while somebody types" kills
section papers "The paper's PDF: PDF/UA-1" scripts/check-papers.sh
section deny "Licences, sources, doubles" scripts/deny.sh

title "Done in $(((SECONDS - began) / 60)) min $(((SECONDS - began) % 60)) s"
[ ${#failed[@]} -eq 0 ] || say "Failed: ${failed[*]}"
say "Sections: $passed passed, ${#failed[@]} failed"
[ ${#failed[@]} -eq 0 ]
