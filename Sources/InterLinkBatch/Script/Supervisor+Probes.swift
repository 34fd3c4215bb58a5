extension Supervisor {
    static let probes = #"""
        # ── Supervisor: probes ─────────────────────────────────────────────────────────────────────────────────────────

        # By INDEX/KIND: the running probe, when it has to be through, when the next one is due, results in a row.
        declare -A PROBE_PID=() PROBE_BY=() PROBE_NEXT=() PROBE_GOOD=() PROBE_BAD=()

        reset_probes() {
            local kind
            for kind in startup readiness liveness; do
                PROBE_PID[$1/$kind]='' PROBE_NEXT[$1/$kind]='' PROBE_GOOD[$1/$kind]=0 PROBE_BAD[$1/$kind]=0
            done
        }

        end_probes() {
            local kind
            for kind in startup readiness liveness; do
                end_group "${PROBE_PID[$1/$kind]-}"
                PROBE_PID[$1/$kind]=''
            done
        }

        # Startup first; the others once it has succeeded.
        tend_probes() {
            if [ "${UP[$1]}" = 0 ]; then
                tend_probe "$1" startup "${STARTUP_PROBE[@]}"
            else
                tend_probe "$1" readiness "${READINESS_PROBE[@]}"
                tend_probe "$1" liveness "${LIVENESS_PROBE[@]}"
            fi
        }

        # tend_probe INDEX KIND [DELAY PERIOD TIMEOUT SUCCESSES FAILURES GRACE ACTION…]
        tend_probe() {
            local index=$1 kind=$2 key=$1/$2 code
            shift 2
            [ $# -gt 0 ] || return 0
            if [ -n "${PROBE_PID[$key]}" ]; then
                if alive "${PROBE_PID[$key]}"; then
                    ((CLOCK > PROBE_BY[$key])) || return 0
                    end_group "${PROBE_PID[$key]}"
                    echo "probe timed out after ${3}s" >>"run/${NAMES[index]}.$kind"
                    code=1
                else
                    wait "${PROBE_PID[$key]}"
                    code=$?
                fi
                PROBE_PID[$key]=''
                probe_answered "$index" "$kind" "$code" "$@"
                return
            fi
            : "${PROBE_NEXT[$key]:=$((BEGAN[index] + $1))}"
            ((CLOCK >= PROBE_NEXT[$key])) || return 0
            PROBE_NEXT[$key]=$((CLOCK + $2))
            in_background act "$index" "${NAMES[index]}.$kind" "${@:7}"
            PROBE_PID[$key]=$CHILD PROBE_BY[$key]=$((CLOCK + $3))
        }

        # probe_answered INDEX KIND CODE DELAY PERIOD TIMEOUT SUCCESSES FAILURES GRACE ACTION…
        probe_answered() {
            local index=$1 kind=$2 key=$1/$2
            if [ "$3" -eq 0 ]; then
                PROBE_BAD[$key]=0 PROBE_GOOD[$key]=$((PROBE_GOOD[$key] + 1))
                ((PROBE_GOOD[$key] >= $7)) || return 0
                case $kind in
                startup) is_up "$index" ;;
                readiness) [ "${READY[index]}" = 1 ] || READY[index]=1 CHANGED=yes ;;
                esac
            else
                PROBE_GOOD[$key]=0 PROBE_BAD[$key]=$((PROBE_BAD[$key] + 1))
                ((PROBE_BAD[$key] >= $8)) || return 0
                case $kind in
                readiness) [ "${READY[index]}" = 0 ] || READY[index]=0 CHANGED=yes ;;
                startup | liveness)
                    stop_container "$index" "${9:-$GRACE}" \
                        "Container ${NAMES[index]} failed $kind probe: $(action_output "$index" "$kind")"
                    ;;
                esac
            fi
        }
        """#
}
