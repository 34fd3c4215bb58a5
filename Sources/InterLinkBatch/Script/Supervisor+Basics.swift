extension Supervisor {
    static let basics = #"""
        # ── Supervisor: basics ─────────────────────────────────────────────────────────────────────────────────────────

        export LC_ALL=C INTERLINK_MARK=$MARK

        # Trouble goes to supervisor.log, with the time; never a container's output.
        say() {
            local TZ=UTC
            printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$*" >&2
        }

        # Seconds since 1970 for records in NOW, and seconds that no change of the clock alters in CLOCK.
        tell_time() {
            local up
            printf -v NOW '%(%s)T' -1
            read -r up _ </proc/uptime
            CLOCK=${up%%.*}
        }

        # Whether one of our processes has not ended. A child's number is not used again before it has been waited for.
        alive() { [[ -n $1 && -d /proc/$1 ]]; }

        # quoted TEXT: sets QUOTED to one word of a POSIX shell.
        quoted() {
            local quote="'" inside="'\\''"
            QUOTED=$quote${1//$quote/$inside}$quote
        }

        # encoded TEXT: sets ENCODED to the text with every odd byte as %XX.
        encoded() {
            local text=$1 char code position
            ENCODED=
            if [[ $text =~ ^[A-Za-z0-9._~:/-]*$ ]]; then
                ENCODED=$text
                return
            fi
            for ((position = 0; position < ${#text}; position++)); do
                char=${text:position:1}
                case $char in
                [A-Za-z0-9._~:/-]) ENCODED+=$char ;;
                *)
                    printf -v code '%d' "'$char"
                    printf -v code '%%%02X' $((code & 255))
                    ENCODED+=$code
                    ;;
                esac
            done
        }

        # in_background COMMAND…: in a process group of its own, which lets a signal reach all of it; sets CHILD. The
        # command has nothing to read, and none of the supervisor's traps.
        in_background() {
            set -m
            (
                set +m
                "$@"
            ) </dev/null &
            CHILD=$!
            set +m
        }

        # end_group PID [SIGNAL]: signals all of a process group.
        end_group() { [ -z "$1" ] || kill "-${2:-KILL}" -- "-$1" 2>/dev/null || :; }

        # pause [PID…]: waits for a child to end, for a signal, or for a second; not at all when one of these children or a
        # container has ended already.
        pause() {
            local pid
            publish
            if ! alive "$TICKER"; then
                sleep 1 >/dev/null 2>&1 &
                TICKER=$!
            fi
            for pid in "$@" "${PID[@]}"; do
                if [[ -n $pid && ! -d /proc/$pid ]]; then
                    tell_time
                    return
                fi
            done
            wait -n
            tell_time
        }
        TICKER=
        """#
}
