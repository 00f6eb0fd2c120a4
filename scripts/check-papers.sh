#!/usr/bin/env bash
# Every PDF in target/papers (the journeys leave them there) must say PDF/UA-1, be tagged, and satisfy two checkers.
# Both are test tools only; veraPDF sees more where you have it.
#   scripts/check-papers.sh [FILE…]
source "$(dirname "$0")/lib.sh"
shopt -s nullglob
papers=("$@")
[ ${#papers[@]} -gt 0 ] || papers=(target/papers/*.pdf)
[ ${#papers[@]} -gt 0 ] || refuse "no paper in target/papers: the journeys that make one have not run"

faults() { # FILE: says what is wrong with it, nothing when it is right
    local told code=0
    pdfinfo "$1" 2>&1 | grep -q '^Tagged: *yes' || say "not tagged"
    pdfinfo -meta "$1" 2>&1 | tr -d '\n' | grep -q 'pdfuaid:part *>1<\|pdfuaid:part="1"' || say "does not say PDF/UA-1"
    told=$("$TOOLS/bin/pdfua" check "$1" 2>&1) || code=$?
    [ "$code" -lt 3 ] || say "pdfua: $told"
    told=$("$TOOLS/bin/outloud" --no-info "$1" 2>&1) || say "outloud: $told"
}

bad=0
for paper in "${papers[@]}"; do
    wrong=$(faults "$paper")
    if [ -z "$wrong" ]; then say "$(basename "$paper"): PDF/UA-1, no errors"; else
        bad=$((bad + 1))
        say "$(basename "$paper"): $wrong"
    fi
done
say "Papers: $((${#papers[@]} - bad)) passed, $bad failed"
[ "$bad" -eq 0 ]
