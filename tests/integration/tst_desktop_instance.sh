#!/bin/bash
# SPDX-License-Identifier: MIT
# The real program on a desktop with a panel: each command of the tray's menu, and a click on its icon, opens what it should;
# the quick switcher comes by icon, key and bus, switches by name and digit, and goes with the focus;
# no title of a window tells who the accounts are; a second start raises the first one's window; a logout that a program
# asks for over the bus is the person's to decide; Quit and a signal end it in an orderly way. Runs under
# with-desktop --panel xfce --keyring; $1 is the program.
# shellcheck source-path=SCRIPTDIR/../support
set -u
. "$(dirname "$0")/../support/lib.sh"
hatstand=$1
nsec=nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5 # published with NIP-19
wif=5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3 # published everywhere

socket=$XDG_RUNTIME_DIR/hatstand/default.sock
opened() { xdotool search --onlyvisible --name "^$1\$"; }
not_opened() { ! opened "$1"; }
sessions1() { gdbus call --session -d org.hatstand.Hatstand -o /org/hatstand/Hatstand -m "org.hatstand.Sessions1.$1" "${@:2}"; }
fail() { say "$*"; exit 1; }
expect() { # CODE COMMAND…
    local code=$1
    shift
    "$@"
    local got=$?
    [ "$got" = "$code" ] || fail "$* ended with $got, not $code"
}
# Once the socket is there the program has the lock, so an answer to a command is the instance's own, from its event loop.
start_in_background() {
    "$hatstand" --background &
    program=$!
    wait_until 20 "the control socket" test -S "$socket" || exit 1
    expect 0 "$hatstand" list >/dev/null
}

has_focus() { [ "$(xdotool getactivewindow getwindowname 2>/dev/null)" = "$1" ]; }
is_current() { "$hatstand" current --json | grep -q "\"label\": *\"$1\""; }

# --- as the panel does it, over the bus ---
click_icon() { gdbus call --session -d "$item" -o "$object" -m org.kde.StatusNotifierItem.Activate 0 0 >/dev/null; }
property() { # SERVICE OBJECT INTERFACE PROPERTY
    gdbus call --session -d "$1" -o "$2" -m org.freedesktop.DBus.Properties.Get "$3" "$4" 2>/dev/null
}
find_icon() { # one of ours is registered: sets item, object and menu
    local found
    found=$(property org.kde.StatusNotifierWatcher /StatusNotifierWatcher org.kde.StatusNotifierWatcher RegisteredStatusNotifierItems |
        grep -oP "'\K[^'/]+/[^']+") && [ -n "$found" ] || return 1
    item=${found%%/*} object=/${found#*/}
    menu=$(property "$item" "$object" org.kde.StatusNotifierItem Menu | grep -oP "'\K/[^']+")
}
dbusmenu() { gdbus call --session -d "$item" -o "$menu" -m "com.canonical.dbusmenu.$1" "${@:2}"; }
choose() { # the row of this label
    local row
    dbusmenu AboutToShow 0 >/dev/null
    row=$(dbusmenu GetLayout 0 1 '[]' | grep -oP "\(\K\d+(?=, \{[^}]*'label': <'$1'>)") || fail "the menu has no row '$1'"
    dbusmenu Event "$row" clicked '<0>' 0 >/dev/null || fail "'$1' can't be chosen"
}

# --- what whoever looks at the screen or lists its windows gets to read ---
titles() {
    local window
    for window in $(xdotool search --name '' 2>/dev/null); do
        xprop -id "$window" WM_NAME _NET_WM_NAME WM_ICON_NAME _NET_WM_ICON_NAME WM_CLASS 2>/dev/null
    done
}
titles_tell_nothing() { # NAME of a window that is open
    local all word
    all=$(titles)
    grep -qF "\"$1\"" <<<"$all" || fail "no title is \"$1\""
    for word in Mira Gallery miragallery2 npub1 nostr: antelope: "${id#nostr:}" "${wax#antelope:}" "$nsec" "$wif" PUB_K1_; do
        [ -n "$word" ] || fail "a word is missing"
        grep -qiF -- "$word" <<<"$all" && fail "with \"$1\" open a title tells $word"
    done
    return 0
}
chosen_opens() { # LABEL TITLE
    choose "$1"
    wait_until 10 "\"$2\", chosen in the tray by \"$1\"" opened "$2" || exit 1
    titles_tell_nothing "$2"
    xdotool windowactivate --sync "$(opened "$2")" key Escape
    wait_until 10 "the end of \"$2\"" not_opened "$2" || exit 1
}

id=$("$hatstand" add nostr --nsec-stdin --label Mira <<<"$nsec") || exit 1
wax=$("$hatstand" add antelope --chain wax --account miragallery2@active --key-stdin --offline --label Gallery --no-activate <<<"$wif") || exit 1

start_in_background
expect 0 not_opened Hatstand
expect 0 "$hatstand" --background
expect 0 not_opened Hatstand

wait_until 20 "the tray icon" find_icon || exit 1
click_icon
wait_until 10 "the quick switcher, by a click on the icon" has_focus "Quick switcher" || exit 1
titles_tell_nothing "Quick switcher"
expect 0 not_opened Hatstand
xdotool type gall
xdotool key Return
wait_until 10 "the switch by a name that was typed" is_current Gallery || exit 1
wait_until 10 "the end of the quick switcher" not_opened "Quick switcher" || exit 1
click_icon
wait_until 10 "the quick switcher, by a second click" has_focus "Quick switcher" || exit 1
xdotool key ctrl+1
wait_until 10 "the switch by a digit" is_current Mira || exit 1
wait_until 10 "the end of the quick switcher" not_opened "Quick switcher" || exit 1
sessions1 ShowSwitcher >/dev/null || fail "no switcher by the bus"
wait_until 10 "the quick switcher, by the bus" has_focus "Quick switcher" || exit 1
sessions1 ShowSwitcher >/dev/null || fail "no switcher by the bus, the second time"
expect 0 opened "Quick switcher" >/dev/null
xdotool key Down Escape
wait_until 10 "the end of the quick switcher" not_opened "Quick switcher" || exit 1
expect 0 is_current Mira
choose "Open Hatstand"
wait_until 10 "the window, by the tray's menu" has_focus Hatstand || exit 1
titles_tell_nothing Hatstand
xdotool key ctrl+k
wait_until 10 "the quick switcher, by its key" has_focus "Quick switcher" || exit 1
xdotool key ctrl+k
wait_until 10 "the end of the quick switcher, by its key" not_opened "Quick switcher" || exit 1
xdotool windowactivate --sync "$(opened Hatstand)" key ctrl+k
wait_until 10 "the quick switcher, by its key again" has_focus "Quick switcher" || exit 1
xdotool windowactivate --sync "$(opened Hatstand)"
wait_until 10 "the end of the quick switcher, once the focus is elsewhere" not_opened "Quick switcher" || exit 1
chosen_opens "Add account…" "Add account"
chosen_opens "Log out Mira…" "Log out"
chosen_opens "Log out all…" "Log out all"
chosen_opens "Preferences…" "Preferences"
"$hatstand" show Mira >/dev/null && "$hatstand" show Gallery >/dev/null || fail "an account is gone"

# The panel is killed and comes back, and with it the icon and its menu.
pid_of() { gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus -m org.freedesktop.DBus.GetConnectionUnixProcessID "$1" 2>/dev/null | grep -oP 'uint32 \K\d+'; }
not_owned() { ! bus_has "$1"; }
panel=$(pid_of org.xfce.Panel) || fail "the panel has no name on the bus"
kill -KILL "$panel"
wait_until 10 "the end of the panel" not_owned org.kde.StatusNotifierWatcher || exit 1
not_registered() { ! find_icon; }
expect 0 not_registered
xfce4-panel --disable-wm-check >"$HATSTAND_STAGE/panel-again.log" 2>&1 &
wait_until 20 "the tray icon, again" find_icon || exit 1
chosen_opens "Preferences…" "Preferences"
choose Quit
wait $program || fail "Quit ended with $?"

start_in_background
expect 0 not_opened Hatstand
expect 0 "$hatstand"
wait_until 10 "the window, raised by a second start" opened Hatstand || exit 1
kill -0 $program || exit 1

answer=$HATSTAND_STAGE/answer
sessions1 Logout Mira >"$answer" 2>&1 &
asking=$!
wait_until 10 "the question before a logout" opened "Log out" || exit 1
xdotool key Escape
wait $asking && fail "a cancelled logout was answered with yes"
grep -q org.hatstand.Error.Denied "$answer" || { cat "$answer"; exit 1; }
"$hatstand" show Mira >/dev/null || exit 1
wait_until 10 "the end of the question" not_opened "Log out" || exit 1

npub=npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d
expect 0 "$hatstand" add nostr --watch $npub --label Tomas >/dev/null
sessions1 Logout Tomas >"$answer" 2>&1 &
asking=$!
wait_until 10 "the question before a logout" opened "Log out" || exit 1
xdotool windowactivate --sync "$(opened "Log out")" key Tab key space
wait $asking || { cat "$answer"; exit 1; }
"$hatstand" show Tomas 2>/dev/null && fail "Tomas is still there"

kill $program
wait $program || fail "a signal ended it with $?"
say "all as it should be"
