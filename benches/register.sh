#!/usr/bin/env bash
# The register of 1,000 recommendations held against its limits, in the release build, beside a peer on Django.
source "$(dirname "$0")/../scripts/lib.sh"
[ -d assets ] || cargo run -q -p xtask -- assets
[ -x "$TOOLS/bin/python" ] || scripts/setup-tests.sh
# A test tool only, never shipped, pinned.
"$TOOLS/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
cargo build --release -p answerable
exec node benches/register.mjs
