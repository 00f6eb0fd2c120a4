#!/usr/bin/env bash
# Each script in benches/ measures us and a named peer, and prints the ratio.
source "$(dirname "$0")/lib.sh"
shopt -s nullglob
benches=(benches/*.sh)
[ ${#benches[@]} -gt 0 ] || { say "No benchmark yet: put one in benches/."; exit 0; }
for bench in "${benches[@]}"; do
    title "$bench"
    bash "$bench"
done
