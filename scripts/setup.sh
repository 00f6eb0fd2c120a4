#!/usr/bin/env bash
# What building needs: Rust, a C compiler, Node. Looks, and says what to install; installs nothing.
source "$(dirname "$0")/lib.sh"

missing=()
if command -v cargo >/dev/null; then
    have=$(cargo --version | cut -d' ' -f2)
    at_least "$have" 1.95.0 || missing+=("Rust 1.95 or later (here $have): rustup update stable")
else
    missing+=("Rust 1.95 or later: rustup, or your distribution's cargo")
fi
if command -v node >/dev/null && command -v npm >/dev/null; then
    have=$(node --version | tr -d v)
    at_least "$have" 20.9.0 || missing+=("Node 20.9 or later (here $have), with npm")
else
    missing+=("Node 20.9 or later with npm (for the styles only; not needed to run the built program)")
fi
command -v cc >/dev/null || missing+=("a C compiler: apt-get install build-essential")

if [ ${#missing[@]} -gt 0 ]; then
    printf 'To build Answerable this machine still needs:\n' >&2
    printf '  - %s\n' "${missing[@]}" >&2
    exit 1
fi
