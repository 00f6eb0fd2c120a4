#!/usr/bin/env bash
# A division's slots and the resolution team's list, with 2,000 bookings and 5,000 incidents, in the release build. No
# peer is named for this: what is held is the limits of the requirement.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d assets ] || cargo run -q -p xtask -- assets
[ -n "${ANSWERABLE:-}" ] || cargo build --release -p answerable
node benches/response.mjs
