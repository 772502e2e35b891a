#!/bin/bash
# SPDX-License-Identifier: MIT
# On a desktop: a second start raises the first one's window; a logout that a program asks for over the bus is the person's
# to decide; a signal ends it in an orderly way. Runs under with-desktop; $1 is the program.
# shellcheck source-path=SCRIPTDIR/../support
set -u
. "$(dirname "$0")/../support/lib.sh"
hatstand=$1

window() { xdotool search --onlyvisible --name '^Hatstand$'; }
dialog() { xdotool search --onlyvisible --name '^Log out$'; }
no_window() { ! window; }
no_dialog() { ! dialog; }
is_up() { "$hatstand" list; [ -S "$XDG_RUNTIME_DIR/hatstand/default.sock" ]; }
sessions1() { gdbus call --session -d org.hatstand.Hatstand -o /org/hatstand/Hatstand -m "org.hatstand.Sessions1.$1" "${@:2}"; }
expect() { # CODE COMMAND…
    local code=$1
    shift
    "$@"
    local got=$?
    [ "$got" = "$code" ] || { say "$* ended with $got, not $code"; exit 1; }
}

"$hatstand" add nostr --label Mira --watch npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d || exit 1
"$hatstand" --background &
first=$!
wait_until 20 "the control socket" is_up || exit 1
expect 0 no_window
expect 0 "$hatstand" --background
expect 0 no_window
expect 0 "$hatstand"
wait_until 10 "the window, raised by a second start" window || exit 1
kill -0 $first || exit 1

answer=$HATSTAND_STAGE/answer
sessions1 Logout Mira >"$answer" 2>&1 &
asking=$!
wait_until 10 "the question before a logout" dialog || exit 1
xdotool key Escape
wait $asking && { say "a cancelled logout was answered with yes"; exit 1; }
grep -q org.hatstand.Error.Denied "$answer" || { cat "$answer"; exit 1; }
"$hatstand" show Mira >/dev/null || exit 1

wait_until 10 "the end of the question" no_dialog || exit 1
sessions1 Logout Mira >"$answer" 2>&1 &
asking=$!
wait_until 10 "the question before a logout" dialog || exit 1
xdotool windowactivate --sync "$(dialog)" key Tab key space
wait $asking || { cat "$answer"; exit 1; }
"$hatstand" show Mira 2>/dev/null && { say "Mira is still there"; exit 1; }

kill $first
wait $first
expect 0 test $? = 0
say "all as it should be"
