extension Supervisor {
    static let ending = #"""
        # ── Supervisor: the pod's end ──────────────────────────────────────────────────────────────────────────────────

        ENDING='' SIGNALLED=''

        # end_pod REASON MESSAGE: the pod as a whole ends, for the first cause that is told.
        end_pod() {
            [ -z "$ENDING" ] || return 0
            ENDING=$1
            say "the pod ends: $1: $2"
            encoded "$1" && POD_REASON=$ENCODED
            encoded "$2" && POD_MESSAGE=$ENCODED
            CHANGED=yes
        }

        # Signals, the deadline, and another attempt that has taken over.
        heed() {
            if [ -n "$SIGNALLED" ]; then end_pod Terminated "The job was asked to end by SIG$SIGNALLED."; fi
            if [ -n "$DEADLINE" ] && ((CLOCK - CLOCK_STARTED > DEADLINE)); then
                end_pod DeadlineExceeded "Pod was active on the node longer than the specified deadline"
            fi
            if is_superseded; then
                say "attempt $ATTEMPT ends without a word: a later one has begun"
                abandon
            fi
        }

        # One look at everything.
        look() {
            local index
            heed
            for ((index = 0; index < COUNT; index++)); do tend "$index"; done
            index_logs
            watch_scratch
        }

        # How long things may take to end: the pod's grace, or what the plugin wrote into run/grace before its signal.
        find_grace() {
            local wanted=
            if [ -r run/grace ]; then read -r wanted <run/grace; fi
            [[ ! $wanted =~ ^[0-9]{1,6}$ ]] || GRACE=$wanted
        }

        # end_marked ENTRY: ends every process that has this in its environment and is not this one, wherever it went.
        end_marked() {
            local folder pid entry entries found=no
            for folder in /proc/[0-9]*; do
                pid=${folder#/proc/}
                [ -O "$folder" ] || continue
                case $pid in "$$" | "$BASHPID" | "$TICKER") continue ;; esac
                { mapfile -d '' -t entries <"$folder/environ"; } 2>/dev/null || continue
                for entry in "${entries[@]}"; do
                    if [ "$entry" = "$1" ]; then
                        kill -KILL "$pid" 2>/dev/null && found=yes
                        break
                    fi
                done
            done
            [ "$found" = no ] || say "processes that were left over have been ended ($1)"
        }

        end_strays() { end_marked "INTERLINK_MARK=$MARK"; }

        # Nothing of the pod goes on when this returns.
        clean_up() {
            local index
            [ -z "$MEASURING" ] || end_group "$MEASURING"
            for ((index = 0; index < COUNT; index++)); do
                [ -z "${PID[index]}" ] || { describe "$index" && runtime_kill "$index"; }
                end_probes "$index"
                end_group "${HOOK[index]}"
            done
            stop_tunnel
            runtime_cleanup
            # Under a mesh the supervisor outside does this, which would be ended too.
            [ -n "${INTERLINK_INSIDE_MESH-}" ] || end_strays
            remove_memory_folders
        }

        abandon() {
            trap '' TERM INT HUP
            clean_up
            exit 75
        }

        # What has not run by now never will.
        settle() {
            local index why=${POD_MESSAGE:-$ENDING}
            for ((index = 0; index < COUNT; index++)); do
                case ${STATE[index]} in
                terminated) continue ;;
                running) terminated "$index" 137 Error "it did not end after SIGKILL" 9 ;;
                waiting)
                    if [ "${REASON[index]}" = CrashLoopBackOff ]; then
                        # It has run: what it ended with is its end.
                        end_as_before "$index"
                    else
                        terminated "$index" 137 NotStarted ""
                        MESSAGE[index]=$why
                    fi
                    ;;
                esac
            done
        }

        # The last run of a container that waits to be started again is its end.
        end_as_before() {
            local line key=c$1.last code=137
            while IFS= read -r line; do
                case $line in "$key.exit="*) code=${line#*=} ;; esac
            done <<<"${LAST[$1]}"
            terminated "$1" "$code" Error "it was waiting to be started again"
            while IFS= read -r line; do
                case $line in
                "$key.reason="*) REASON[$1]=${line#*=} ;;
                "$key.message="*) [ -z "${line#*=}" ] || MESSAGE[$1]=${line#*=} ;;
                "$key.started="*) STARTED[$1]=${line#*=} ;;
                "$key.finished="*) FINISHED[$1]=${line#*=} ;;
                "$key.signal="*) SIGNAL[$1]=${line#*=} ;;
                esac
            done <<<"${LAST[$1]}"
            LAST[$1]=
        }

        # Ends with the first code that is not zero, for the scheduler's records.
        finish() {
            local index code=0
            settle
            close_record
            for ((index = COUNT - 1; index >= 0; index--)); do
                [ "${ROLES[index]}" = sidecar ] || [ "${EXIT[index]:-0}" -eq 0 ] || code=${EXIT[index]}
            done
            [ -z "$ENDING" ] || [ "$code" -ne 0 ] || code=1
            exit "$code"
        }
        """#
}
