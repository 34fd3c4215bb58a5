extension Supervisor {
    static let main = #"""
        # ── Supervisor: the pod's way ──────────────────────────────────────────────────────────────────────────────────

        # Init containers one after the other; a sidecar counts as through when it is up, and goes on.
        run_init_containers() {
            local index
            PHASE=initializing CHANGED=yes
            for ((index = 0; index < COUNT; index++)); do
                [ "${ROLES[index]}" != regular ] || break
                [ -z "$ENDING" ] || return 0
                start_container "$index"
                until init_is_through "$index"; do
                    [ -z "$ENDING" ] || return 0
                    pause
                    look
                done
                if [ "${ROLES[index]}" = init ] && [ "${EXIT[index]}" -ne 0 ]; then
                    end_pod InitContainerFailed "init container ${NAMES[index]} ended with ${EXIT[index]}"
                fi
            done
        }

        init_is_through() {
            case ${ROLES[$1]} in
            init) [ -n "${OVER[$1]}" ] ;;
            *) [ "${UP[$1]}" = 1 ] ;;
            esac
        }

        # All at once, then until each has ended for good.
        run_containers() {
            local index
            PHASE=running CHANGED=yes
            for ((index = 0; index < COUNT; index++)); do
                if [ "${ROLES[index]}" = regular ] && [ -z "${OVER[index]}" ]; then start_container "$index"; fi
            done
            until all_are_done; do
                [ -z "$ENDING" ] || return 0
                pause
                look
            done
        }

        all_are_done() {
            local index
            for ((index = 0; index < COUNT; index++)); do
                if [ "${ROLES[index]}" = regular ] && [ -z "${OVER[index]}" ]; then return 1; fi
            done
        }

        main() {
            open_workspace
            tell_time
            POD_STARTED=$NOW CLOCK_STARTED=$CLOCK
            trap 'SIGNALLED=${SIGNALLED:-TERM}' TERM
            trap 'SIGNALLED=${SIGNALLED:-INT}' INT
            trap 'SIGNALLED=${SIGNALLED:-HUP}' HUP
            set_up_state
            if [ -n "${INTERLINK_INSIDE_MESH-}" ]; then
                read -r ATTEMPT <run/attempt
                # The sequence goes on where the supervisor outside has begun it.
                ! read_record state || SEQUENCE=${RECORD[sequence]}
                write_job_file
            else
                count_attempt
                look_back
                write_job_file
                case $EARLIER in
                closed)
                    # The pod has ended; the record is told again under this attempt.
                    say "attempt $ATTEMPT: the pod had already ended"
                    ENDING=${RECORD[reason]-} POD_REASON=${RECORD[reason]-} POD_MESSAGE=${RECORD[message]-}
                    finish
                    ;;
                decided)
                    end_pod JobRestarted "The job ran again (attempt $ATTEMPT) after a container had ended; with restartPolicy Never nothing runs twice."
                    finish
                    ;;
                esac
            fi
            publish
            if [ -n "$MESH_SCRIPT" ] && [ -z "${INTERLINK_INSIDE_MESH-}" ]; then
                run_under_mesh
            else
                run_pod
            fi
            if [ -n "$ENDING" ]; then
                find_grace
                stop_all "$GRACE"
            elif any_running sidecar; then
                stop_all "$GRACE"
            fi
            clean_up
            finish
        }

        # The pod's whole way; returns at once when the pod is to end.
        run_pod() {
            [ -z "$POD_ADDRESS" ] || export POD_IP=$POD_ADDRESS
            count_memory_kills
            run_before preamble "$PREAMBLE"
            check_host_paths
            prepare_scratch
            [ -n "$ENDING" ] || check_runtime
            [ -n "$ENDING" ] || run_before pre-exec "$PRE_EXEC"
            [ -n "$ENDING" ] || start_tunnel
            if [ -n "$JOB_SCRIPT" ]; then
                [ -n "$ENDING" ] || run_job_script
                return
            fi
            [ -n "$ENDING" ] || prepare_images
            [ -n "$ENDING" ] || run_init_containers
            [ -n "$ENDING" ] || run_containers
        }

        main
        """#
}
