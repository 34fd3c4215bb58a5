extension Supervisor {
    /// What the end of a container means.
    static let ends = #"""
        # ── Supervisor: ends of containers ─────────────────────────────────────────────────────────────────────────────

        container_ended() {
            local index=$1 name=${NAMES[$1]} code signal
            describe "$index"
            wait "${PID[index]}"
            code=$?
            end_group "${PID[index]}"
            end_group "${HOOK[index]}"
            end_probes "$index"
            tell_time
            END_REASON='' END_MESSAGE='' END_CODE=$code
            find_signal "$index" "$code"
            signal=$FOUND_SIGNAL
            runtime_ended "$index" "$code"
            read_refusal "run/$name.note" || :
            code=$END_CODE
            if [ -z "$END_REASON" ]; then
                if [ "$code" -eq 0 ]; then
                    END_REASON=Completed
                elif [ "$code" -eq 137 ] && memory_ran_out; then
                    END_REASON=OOMKilled
                else
                    END_REASON=Error
                fi
            fi
            [ -n "$END_MESSAGE" ] || read_termination_message "$index" "$code"
            [ -n "$END_MESSAGE" ] || END_MESSAGE=${WHY_STOPPED[index]}
            terminated "$index" "$code" "$END_REASON" "$END_MESSAGE" "$signal"
            PID[index]='' HOOK[index]='' STOP[index]=''
            [ "${ROLES[index]}" != init ] || [ "$code" -ne 0 ] || READY[index]=1
            index_log "$index"
            decide_restart "$index" "$code"
        }

        decide_restart() {
            local index=$1 code=$2
            if [ -n "$ENDING" ] || [ "$PHASE" = stopping ] || ! starts_again "$code"; then
                OVER[index]=yes
                return
            fi
            # Nobody is told `terminated` of a container that starts again: that would be for good.
            ((CLOCK - BEGAN[index] < BACKOFF_RESET)) || BACKOFF[index]=$BACKOFF_FIRST
            DUE[index]=$((CLOCK + BACKOFF[index]))
            remember_last "$index"
            waits "$index" CrashLoopBackOff "back-off ${BACKOFF[index]}s restarting container ${NAMES[index]}"
            BACKOFF[index]=$((BACKOFF[index] * 2 > BACKOFF_LIMIT ? BACKOFF_LIMIT : BACKOFF[index] * 2))
        }

        # Sets FOUND_SIGNAL to the signal that ended a container, or to nothing: a program may also exit with 137. The shell
        # notes in supervisor.log which of its children a signal ended, except TERM and INT, which count if we sent them.
        find_signal() {
            local signal=$(($2 - 128))
            FOUND_SIGNAL=
            ((signal > 0 && signal < 65)) || return 0
            if { [ -n "${STOP[$1]}" ] && { ((signal == 15)) || ((signal == 2)); }; } ||
                tail -n 50 supervisor.log | grep -q "line [0-9]*: *${PID[$1]} "; then
                FOUND_SIGNAL=$signal
            fi
        }

        # Kills for lack of memory that the kernel has counted for this job's cgroup, in OOM_KILLS.
        count_memory_kills() {
            local line file path
            OOM_KILLS=0
            while IFS=: read -r _ line path; do
                case $line in
                "") file=/sys/fs/cgroup$path/memory.events ;;
                memory | *,memory | memory,*) file=/sys/fs/cgroup/memory$path/memory.oom_control ;;
                *) continue ;;
                esac
                [ -r "$file" ] || continue
                while read -r line path; do
                    if [ "$line" = oom_kill ]; then OOM_KILLS=$((OOM_KILLS + path)); fi
                done <"$file"
            done </proc/self/cgroup
        }

        memory_ran_out() {
            local before=$OOM_KILLS
            count_memory_kills
            ((OOM_KILLS > before))
        }
        OOM_KILLS=0

        # The container's own words, or the end of its log where the pod asks for that.
        read_termination_message() {
            local name=${NAMES[$1]}
            END_MESSAGE=$(head -c 4096 "run/$name.message" 2>/dev/null | tr -d '\0')
            if [ -z "$END_MESSAGE" ] && [ "$MESSAGE_FROM_LOG" = yes ] && [ "$2" -ne 0 ]; then
                END_MESSAGE=$(tail -n 80 "logs/$name.log" | tail -c 2048 | tr -d '\0')
            fi
        }
        """#
}
