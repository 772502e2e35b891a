#!/bin/bash
# SPDX-License-Identifier: MIT
# What everything that runs on a stage relies on: the exit code comes through, homes are private, a missing daemon is a failure
# that names it, and nothing outlives the stage.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
failures=0
check() { # check WHAT EXPECTED ACTUAL
    [ "$2" = "$3" ] || { echo "FAIL $1: expected '$2', got '$3'"; failures=$((failures + 1)); }
}

"$here/with-desktop" -- bash -c 'exit 7'
check "exit code" 7 $?

report=$(mktemp)
trap 'rm -rf "$report" "${tools:-$report}"' EXIT
"$here/with-desktop" --panel xfce --keyring --layout de -- bash -c '
    echo "$HATSTAND_STAGE"; echo "$HOME"; setxkbmap -query | sed -n "s/^layout: *//p"
    sleep 300 & setsid sleep 300 & echo $!' >"$report"
check "a run with everything" 0 $?
mapfile -t lines <"$report"
check "private home" "${lines[0]}/home" "${lines[1]}"
check "layout" de "${lines[2]}"
check "a process left behind" gone "$([ -d "/proc/${lines[3]}" ] && grep -qz sleep "/proc/${lines[3]}/cmdline" && echo there || echo gone)"
check "the directory" gone "$([ -e "${lines[0]}" ] && echo there || echo gone)"

tools=$(mktemp -d)
for tool in bash dirname mkdir mktemp sed grep xprop setxkbmap setpriv dbus-daemon gdbus Xvfb; do
    ln -s "$(command -v $tool)" "$tools/$tool"
done
said=$(PATH=$tools "$here/with-desktop" -- true 2>&1)
check "a missing daemon's code" 69 $?
check "a missing daemon's name" "with-desktop: openbox is missing (Debian package openbox)" "$said"
exit $((failures > 0))
