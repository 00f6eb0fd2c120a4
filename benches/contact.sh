#!/usr/bin/env bash
# Fifty advisors at work among a million contacts, in the release build. No peer is named for this: what is held is the
# limits of the requirement.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d assets ] || cargo run -q -p xtask -- assets
[ -n "${ANSWERABLE:-}" ] || cargo build --release -p answerable
node benches/contact.mjs
