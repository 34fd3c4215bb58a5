extension Supervisor {
    /// One container's way from "stop" to its end: preStop, its signal, and SIGKILL when the grace is over.
    static let stopping = #"""
        # ── Supervisor: stopping ───────────────────────────────────────────────────────────────────────────────────────

        # stop_container INDEX GRACE [WHY]: begins it, and does not wait.
        stop_container() {
            local index=$1
            if [ -z "${PID[index]}" ]; then
                DUE[index]=''
                OVER[index]=yes
                return
            fi
            if [ -n "${STOP[index]}" ]; then
                # Already on its way: a shorter grace counts.
                ((STOP_BY[index] <= CLOCK + $2 + 1)) || STOP_BY[index]=$((CLOCK + $2 + 1))
                return
            fi
            WHY_STOPPED[index]=${3-}
            # CLOCK counts whole seconds: one more, so that no grace is cut short; none at all is none.
            STOP_BY[index]=$(($2 > 0 ? CLOCK + $2 + 1 : CLOCK))
            [ -z "$ENDING" ] || DUE[index]=''
            READY[index]=0 CHANGED=yes
            end_probes "$index"
            end_group "${HOOK[index]}"
            HOOK[index]=''
            describe "$index"
            STOP[index]=hook
            start_hook "$index" "${PRE_STOP[@]}"
            go_on_stopping "$index"
        }

        go_on_stopping() {
            local index=$1
            case ${STOP[index]} in
            hook)
                if alive "${HOOK[index]}" && ((CLOCK < STOP_BY[index])); then return; fi
                end_group "${HOOK[index]}"
                HOOK[index]=''
                STOP[index]=signal
                # Whatever the hook took, there are two seconds left.
                ((STOP_BY[index] >= CLOCK + 2)) || ((GRACE == 0)) || STOP_BY[index]=$((CLOCK + 2))
                go_on_stopping "$index"
                ;;
            signal)
                describe "$index"
                if runtime_signal "$index" "$STOP_SIGNAL"; then STOP[index]=asked; fi
                kill_when_over "$index"
                ;;
            asked | killed) kill_when_over "$index" ;;
            esac
        }

        kill_when_over() {
            ((CLOCK >= STOP_BY[$1])) || return 0
            STOP[$1]=killed
            describe "$1"
            runtime_kill "$1"
        }

        # any_running ROLE…: whether a container of these roles has a process.
        any_running() {
            local index role
            for ((index = 0; index < COUNT; index++)); do
                for role in "$@"; do
                    if [ "${ROLES[index]}" = "$role" ] && [ -n "${PID[index]}" ]; then return 0; fi
                done
            done
            return 1
        }

        # Stops what runs: the containers together, then the sidecars, the last started first.
        stop_all() {
            local index grace=$1 until
            PHASE=stopping CHANGED=yes
            tell_time
            until=$((CLOCK + grace))
            for ((index = 0; index < COUNT; index++)); do
                [ "${ROLES[index]}" = sidecar ] || stop_container "$index" "$grace"
            done
            wait_for_ends init regular
            for ((index = COUNT - 1; index >= 0; index--)); do
                [ "${ROLES[index]}" = sidecar ] || continue
                tell_time
                stop_container "$index" "$((until > CLOCK ? until - CLOCK : 0))"
                wait_for_ends sidecar "$index"
            done
        }

        # Waits until no container of a role runs, or only that one has ended; not for ever, should one be stuck in the
        # kernel after its kill.
        wait_for_ends() {
            local limit=$((CLOCK + GRACE + 60))
            while ((CLOCK < limit)); do
                if [ -n "${2-}" ] && [ "$1" = sidecar ]; then
                    [ -n "${PID[$2]}" ] || return 0
                elif ! any_running "$@"; then
                    return 0
                fi
                pause
                look
            done
            say "some processes do not end after SIGKILL"
        }
        """#
}
