# SPDX-License-Identifier: MIT
# Shell functions for the private desktops that tests and the tour run on (with-desktop, with-keyring).
# Everything lives in one directory that goes at the end; every process started from it, by us or by the bus, carries
# HATSTAND_STAGE=<that directory> in its environment and is ended with it.
# shellcheck shell=bash

say() { echo "${0##*/}: $*" >&2; }
die() { say "$*"; exit 69; }

# need PROGRAM PACKAGE: a missing daemon is a failure with its name, never a skip.
need() { command -v "$1" >/dev/null || [ -x "$1" ] || die "$1 is missing (Debian package $2)"; }

# wait_until SECONDS WHAT COMMAND…: as soon as COMMAND succeeds; after SECONDS it fails and says what did not come.
wait_until() {
    local seconds=$1 what=$2 end
    shift 2
    end=$((SECONDS + seconds))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || { say "$what did not come within $seconds s"; return 1; }
        read -rt 0.05 <> <(:) || : # gives the processor away without starting a process
    done
}

# make_stage: a private home in a new directory; sets HATSTAND_STAGE and everything that points into a home.
make_stage() {
    local base=${TMPDIR:-/tmp}
    [ ${#base} -lt 40 ] || base=/tmp # sockets' paths end at 108 characters
    HATSTAND_STAGE=$(mktemp -d "$base/stage-XXXXXX") || die "no directory could be made in $base"
    export HATSTAND_STAGE HOME=$HATSTAND_STAGE/home TMPDIR=$HATSTAND_STAGE/tmp
    export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache XDG_STATE_HOME=$HOME/.local/state
    export XDG_RUNTIME_DIR=$HATSTAND_STAGE/run
    mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$TMPDIR"
    mkdir -m 700 "$XDG_RUNTIME_DIR"
    export LC_ALL=C.UTF-8 GSETTINGS_BACKEND=memory GIO_USE_VFS=local
    unset HATSTAND_HOME DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY SESSION_MANAGER XAUTHORITY DESKTOP_STARTUP_ID
    unset QT_QPA_PLATFORM QT_ACCESSIBILITY QT_SCALE_FACTOR
}

# stage_processes: ids of those that carry this stage's mark, ourselves left out.
stage_processes() {
    local environ pid
    # The bus drops some of our variables where it starts a service, never this one. One grep, without the mark itself.
    while read -r environ; do
        pid=${environ#/proc/}
        pid=${pid%/environ}
        [ "$pid" = $$ ] || [ "$pid" = "$BASHPID" ] || echo "$pid"
    done < <(env -u HATSTAND_STAGE grep -lzxF "HATSTAND_STAGE=$HATSTAND_STAGE" /proc/[0-9]*/environ 2>/dev/null)
}

stage_is_empty() { [ -z "$(stage_processes)" ]; }

# open_stage: make_stage, and however this script ends, strike_stage.
open_stage() {
    need setpriv util-linux
    make_stage
    trap strike_stage EXIT
    trap 'exit 143' TERM HUP
    trap 'exit 130' INT
}

# strike_stage: ends what is left, politely first, and takes the directory away.
strike_stage() {
    local pids
    pids=$(stage_processes)
    # shellcheck disable=SC2086
    [ -z "$pids" ] || kill $pids 2>/dev/null
    wait_until 3 "the end of every process" stage_is_empty 2>/dev/null || {
        pids=$(stage_processes)
        # shellcheck disable=SC2086
        [ -z "$pids" ] || kill -KILL $pids 2>/dev/null
        wait_until 3 "the end of every process" stage_is_empty
    }
    rm -rf "$HATSTAND_STAGE"
}

# start_bus SERVICE…: a session bus that starts these services on demand and no others, so that what is on the machine (a keyring,
# a portal) can't walk onto the stage unasked. They inherit the environment of this moment. Sets DBUS_SESSION_BUS_ADDRESS.
start_bus() {
    need dbus-daemon dbus-daemon
    need gdbus libglib2.0-bin
    local services=$HATSTAND_STAGE/services config=$HATSTAND_STAGE/bus.conf address=$HATSTAND_STAGE/bus name
    mkdir -p "$services"
    for name in "$@"; do
        ln -sf "/usr/share/dbus-1/services/$name.service" "$services/"
    done
    cat >"$config" <<XML
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir=$TMPDIR</listen><servicedir>$services</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
XML
    mkfifo "$address"
    # Open here all the while: what a daemon wrote and closed before anybody else looks would be gone.
    exec 8<>"$address"
    setpriv --pdeathsig TERM dbus-daemon --nofork --nopidfile --config-file="$config" --print-address=9 9>&8 8>&- >"$HATSTAND_STAGE/bus.log" 2>&1 &
    read -rt 20 -u 8 DBUS_SESSION_BUS_ADDRESS || { cat "$HATSTAND_STAGE/bus.log" >&2; die "dbus-daemon did not start"; }
    exec 8>&-
    export DBUS_SESSION_BUS_ADDRESS
}

# need_service NAME PACKAGE: a service that the bus starts.
need_service() { [ -e "/usr/share/dbus-1/services/$1.service" ] || die "the D-Bus service $1 is missing (Debian package $2)"; }

# run_on_stage COMMAND…: runs it, ends everything, exits with its exit code. In the background, since a shell that waits for a command
# in the foreground hears no signal.
run_on_stage() {
    local code
    setpriv --pdeathsig TERM "$@" <&0 &
    wait $!
    code=$?
    exit $code
}

bus_has() {
    gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus -m org.freedesktop.DBus.NameHasOwner "$1" 2>/dev/null | grep -q true
}

# bus_property_is NAME OBJECT INTERFACE PROPERTY VALUE, VALUE as gdbus prints it: true, false, 's'.
bus_property_is() {
    gdbus call --session -d "$1" -o "$2" -m org.freedesktop.DBus.Properties.Get "$3" "$4" 2>/dev/null | grep -qxF "(<$5>,)"
}

# start_keyring PASSWORD: gnome-keyring with an unlocked collection "login" on the session bus.
start_keyring() {
    need gnome-keyring-daemon gnome-keyring
    printf %s "$1" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || { say "gnome-keyring-daemon did not start"; return 1; }
    # A wrong password is no error of the daemon's, and the name may come after it returned: ask for the outcome.
    wait_until 10 "an unlocked keyring (gnome-keyring-daemon)" bus_property_is org.freedesktop.secrets \
        /org/freedesktop/secrets/collection/login org.freedesktop.Secret.Collection Locked false
}

# start_display WIDTHxHEIGHT: an X server with a number of its own choosing; sets DISPLAY.
start_display() {
    need Xvfb xvfb
    local numbers=$HATSTAND_STAGE/display
    mkfifo "$numbers"
    exec 8<>"$numbers"
    # Should we be killed outright, the display goes too and takes its programs with it.
    setpriv --pdeathsig KILL Xvfb -displayfd 9 -screen 0 "$1x24" -dpi 96 -nolisten tcp -noreset 9>&8 8>&- >"$HATSTAND_STAGE/Xvfb.log" 2>&1 &
    local number
    read -rt 20 -u 8 number || { cat "$HATSTAND_STAGE/Xvfb.log" >&2; die "Xvfb did not start"; }
    exec 8>&-
    export DISPLAY=:$number
}
