#!/bin/bash
# SPDX-License-Identifier: MIT
# The real program in the tray, another program with the focus: its keys switch accounts and raise nothing; what a person binds by
# hand does the same; and all is given back when it ends. Runs under with-desktop --panel xfce; $1 is the program.
# shellcheck source-path=SCRIPTDIR/../../support
set -u
. "$(dirname "$0")/../../support/lib.sh"
hatstand=$1
need xmessage x11-utils
socket=$XDG_RUNTIME_DIR/hatstand/default.sock
fail() { say "$*"; exit 1; }
opened() { xdotool search --onlyvisible --name "^$1\$"; }
not_opened() { ! opened "$1"; }
focused() { [ "$(xdotool getwindowfocus getwindowname)" = "$1" ]; }
active_is() { "$hatstand" show "$1" | grep -qE '^active +true'; }
pressed_makes_active() { # KEYS LABEL: pressed until it counts, since the keys come a moment after the icon
    xdotool key "$1"
    active_is "$2"
}

watch() { "$hatstand" add nostr --watch "$1" --label "$2" >/dev/null || exit 1; }
watch npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d Ada
watch npub1lycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmus6gq266 Bo

"$hatstand" --background &
program=$!
wait_until 20 "the control socket" test -S "$socket" || exit 1
xmessage -title elsewhere 'another program' &
wait_until 20 "another program's window" opened elsewhere || exit 1
xdotool windowfocus "$(opened elsewhere)"
wait_until 10 "the focus of another program" focused elsewhere || exit 1

active_is Bo || fail "Bo is not active"
wait_until 20 "Ada, by Ctrl+Alt+1" pressed_makes_active ctrl+alt+10 Ada || exit 1
xdotool key Num_Lock Caps_Lock
wait_until 10 "Bo, by Ctrl+Alt+2 under both locks" pressed_makes_active ctrl+alt+11 Bo || exit 1
xdotool key Num_Lock Caps_Lock
focused elsewhere || fail "switching took the focus"
not_opened Hatstand || fail "switching opened a window"

# What Preferences say to bind where a desktop has no keys for programs.
"$hatstand" switch --position 1 >/dev/null && active_is Ada || fail "switch --position 1 did not"
"$hatstand" switch --position 3 2>/dev/null
[ $? = 3 ] || fail "switch --position 3 of two"
"$hatstand" switch --position 0 2>/dev/null
[ $? = 2 ] || fail "switch --position 0"
"$hatstand" switch --position 1 Bo 2>/dev/null
[ $? = 2 ] || fail "switch to two at once"
active_is Ada || fail "a refusal switched"

xdotool windowfocus "$(opened elsewhere)" key ctrl+alt+k
wait_until 10 "what Ctrl+Alt+K opens" opened "Quick switcher" || exit 1
wait_until 10 "its focus" focused "Quick switcher" || exit 1
xdotool key Escape
wait_until 10 "the end of it" not_opened "Quick switcher" || exit 1
"$hatstand" --switcher || fail "--switcher ended with $?"
wait_until 10 "what --switcher opens" opened "Quick switcher" || exit 1

kill $program
wait $program || fail "a signal ended it with $?"
say "all as it should be"
