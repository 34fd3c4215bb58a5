extension Supervisor {
    static let containers = #"""
        # ── Supervisor: containers ─────────────────────────────────────────────────────────────────────────────────────

        # cannot_start REASON MESSAGE CODE: for runtimes, in runtime_start.
        cannot_start() {
            printf '%s\n' "$1" "$2" >>"run/$NAME.note"
            exit "$3"
        }

        start_container() {
            local index=$1 name=${NAMES[$1]}
            describe "$index"
            [ "${STATE[index]}" != terminated ] || remember_last "$index"
            open_log "$index"
            : >"run/$name.note"
            : >"run/$name.message"
            chmod 0666 "run/$name.message"
            in_background container_job "$index" >>"logs/$name.log" 2>&1
            PID[index]=$CHILD BEGAN[index]=$CLOCK STOP[index]='' HOOK[index]='' WHY_STOPPED[index]='' DUE[index]=''
            STATE[index]=running REASON[index]='' MESSAGE[index]='' STARTED[index]=$NOW FINISHED[index]='' EXIT[index]=''
            SIGNAL[index]='' UP[index]=0 READY[index]=0 CHANGED=yes
            reset_probes "$index"
            start_hook "$index" "${POST_START[@]}"
            [ -n "${HOOK[index]}" ] || is_started "$index"
        }

        # In the child: log and stdin are in place, and there is nobody between the container and them.
        container_job() {
            START_FIRST='' START_LAST=''
            runtime_start "$1"
            cannot_start StartError "the runtime did not start the container" 128
        }

        # The container has started, and its postStart hook is through.
        is_started() {
            if [ ${#STARTUP_PROBE[@]} -eq 0 ]; then is_up "$1"; fi
        }

        is_up() {
            UP[$1]=1 CHANGED=yes
            describe "$1"
            [ ${#READINESS_PROBE[@]} -gt 0 ] || READY[$1]=1
        }

        # Everything that there is to do for a container now.
        tend() {
            local index=$1
            if [ -n "${PID[index]}" ]; then
                if ! alive "${PID[index]}"; then
                    container_ended "$index"
                elif [ -n "${STOP[index]}" ]; then
                    go_on_stopping "$index"
                else
                    describe "$index"
                    if [ -n "${HOOK[index]}" ]; then
                        tend_post_start "$index"
                    else
                        tend_probes "$index"
                    fi
                fi
            elif [ -n "${DUE[index]}" ] && [ -z "$ENDING" ] && ((CLOCK >= DUE[index])); then
                RESTARTS[index]=$((RESTARTS[index] + 1))
                start_container "$index"
            fi
        }

        tend_post_start() {
            local index=$1
            ! alive "${HOOK[index]}" || return 0
            if wait "${HOOK[index]}"; then
                HOOK[index]=''
                is_started "$index"
            else
                HOOK[index]=''
                stop_container "$index" "$GRACE" "PostStartHookError: $(action_output "$index" hook)"
            fi
        }

        # Whether the described container, which ended with CODE, is started again. An init container that is through is not.
        starts_again() {
            case $RESTART in
            Always) [ "$ROLE" != init ] || [ "$1" -ne 0 ] ;;
            OnFailure) [ "$1" -ne 0 ] ;;
            *) return 1 ;;
            esac
        }
        """#
}
