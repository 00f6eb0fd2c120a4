# Shared by the scripts: where the checkout is, how they talk, who may install. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
TOOLS=$ROOT/target/tools/python

say() { printf '%s\n' "$*"; }
title() { printf '\n== %s\n' "$*"; }
refuse() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }

# Debian packages, as root or through sudo; without either, says the one command to run.
install_debian() {
    say "Missing Debian packages: $*"
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        if sudo -n true 2>/dev/null; then as_root=(sudo -n); else
            refuse "not root. Run this once, then start again:  sudo apt-get install --no-install-recommends $*"
        fi
    fi
    command -v apt-get >/dev/null || refuse "no apt-get here: install the counterparts of $* yourself"
    say "Installing them with apt-get."
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$ROOT/target/apt.log" 2>&1 ||
        { tail -n 20 "$ROOT/target/apt.log" >&2; refuse "apt-get could not install them"; }
}

# at_least HAVE WANT: versions compared number by number
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
