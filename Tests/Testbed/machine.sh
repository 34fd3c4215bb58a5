# shellcheck shell=bash
# The running testbed of this checkout: one process that holds its namespaces, in which everything else is started.
#
# All mounts are in its own mount namespace and all processes in its own process namespace, so the end of that process,
# kill -9 included, is the end of all of them.

MACHINE_ID=$(printf '%s' "$ROOT" | sha256sum | cut -c 1-8)
# Shared with it at the same path. Short, because paths of sockets are.
MACHINE_WORK=/var/lib/interlink-testbed/$MACHINE_ID
MACHINE_STATE=$CACHE/testbed/machines/$MACHINE_ID

# The first process in the machine, as this one sees it; fails when it does not run.
machine_pid() {
    local holder started
    read -r holder started 2>/dev/null <"$MACHINE_STATE/holder" || return 1
    [ "$(process_start "$holder")" = "$started" ] || return 1
    # A machine of an older recipe is not the machine.
    [ "${1-}" = any ] || [ "$(cat "$MACHINE_STATE/tree")" = "$(tree_hash)" ] || return 1
    # Its only child; the list of the kernel ends without a newline.
    local child
    read -r child _ <"/proc/$holder/task/$holder/children" || [ -n "$child" ] || return 1
    echo "$child"
}

# When a process was started: with its number it names the process for ever.
process_start() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

machine_up() {
    machine_pid >/dev/null && return 0
    tree_make
    mkdir -p "$MACHINE_STATE"
    (
        exec 9>"$MACHINE_STATE/lock"
        flock 9
        machine_pid >/dev/null && exit 0
        machine_stop
        machine_start
    )
}

machine_start() {
    local tree holder swift
    tree=$(tree_path)
    swift=$(swift_runtime)
    mkdir -p "$MACHINE_WORK" "$MACHINE_STATE/root"
    chown 1000:1000 "$MACHINE_WORK"
    # Held shared while the machine runs, so that nobody removes its tree.
    exec 8>"$tree.used"
    flock --shared 8
    setsid unshare --mount --pid --fork --kill-child --uts --ipc --propagation private \
        "$TESTBED/enter" overlay "$tree" "$MACHINE_STATE" "$MACHINE_WORK" "$ROOT" "$swift" \
        </dev/null >"$MACHINE_STATE/log" 2>&1 9>&- &
    holder=$!
    exec 8>&-
    tree_hash >"$MACHINE_STATE/tree"
    echo "$holder $(process_start "$holder")" >"$MACHINE_STATE/holder"
    while [ ! -e "$MACHINE_STATE/ready" ]; do
        kill -0 "$holder" 2>/dev/null || {
            cat "$MACHINE_STATE/log" >&2
            fail "the testbed does not start" "What it said stands above."
        }
        sleep 0.05
    done
}

# The folder of the libraries that a Swift program built on this machine looks for.
swift_runtime() {
    command -v swift >/dev/null || return 0
    realpath "$(dirname "$(readlink -f "$(command -v swift)")")/../lib/swift/linux"
}

# machine_run USER COMMAND…: takes the place of this process. What runs inside is asked to end when this process ends.
machine_run() {
    local pid user=$1 identity=(--reuid 0 --regid 0 --clear-groups) home=/root
    shift
    [ $# -gt 0 ] || set -- bash
    if [ "$user" = tester ]; then
        identity=(--reuid 1000 --regid 1000 --init-groups)
        home=/home/tester
    fi
    pid=$(machine_pid)
    # shellcheck disable=SC2016 # expanded inside
    exec nsenter --target "$pid" --mount --pid --uts --ipc -- \
        setpriv "${identity[@]}" --pdeathsig TERM \
        env -i HOME="$home" USER="$user" LOGNAME="$user" LANG=C.UTF-8 TERM="${TERM:-dumb}" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SWIFT_BACKTRACE=enable=no \
        sh -c 'cd "$0" 2>/dev/null || cd; exec "$@"' "$PWD" "$@"
}

machine_status() {
    local pid
    if pid=$(machine_pid); then
        echo "The testbed runs (process $pid)."
        echo "shared folder: $MACHINE_WORK"
        echo "root filesystem: $(tree_path)"
    elif machine_pid any >/dev/null; then
        echo "A testbed of an older recipe runs; ./scripts/testbed up replaces it."
    elif [ -e "$(tree_path)" ]; then
        echo "The testbed is made, but does not run: ./scripts/testbed up"
    else
        echo "There is no testbed yet: ./scripts/testbed up"
    fi
}

# Ends what runs, and removes what it wrote.
machine_stop() {
    local holder started
    if read -r holder started 2>/dev/null <"$MACHINE_STATE/holder"; then
        while [ "$(process_start "$holder")" = "$started" ]; do
            kill -KILL "$holder" 2>/dev/null || true
            sleep 0.05
        done
    fi
    rm -f "$MACHINE_STATE"/{holder,ready,tree,log}
    rm -rf --one-file-system "$MACHINE_WORK"
}

machine_down() {
    [ -d "$MACHINE_STATE" ] || return 0
    exec 9>"$MACHINE_STATE/lock"
    flock 9
    machine_stop
    rm -rf --one-file-system "$MACHINE_STATE"
    rmdir --ignore-fail-on-non-empty /var/lib/interlink-testbed 2>/dev/null || true
}
