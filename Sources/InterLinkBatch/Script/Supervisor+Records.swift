extension Supervisor {
    /// Attempt, job file, and what an earlier attempt left behind.
    static let records = #"""
        # ── Supervisor: who runs this, and for the how many-th time ────────────────────────────────────────────────────

        open_workspace() {
            umask 077
            cd -- "$WORKSPACE" || exit 73
            WORKSPACE=$PWD
            mkdir -p run logs volumes || exit 73
            exec </dev/null >>supervisor.log 2>&1
        }

        # A scheduler may run a job again, after a node failed: the starts are counted, here or by the scheduler.
        count_attempt() {
            local before=0
            if [ -r run/attempt ]; then read -r before <run/attempt; fi
            [[ $before =~ ^[0-9]+$ ]] || before=0
            ATTEMPT=$((before + 1))
            if [[ ${SLURM_RESTART_COUNT-} =~ ^[0-9]+$ ]] && ((SLURM_RESTART_COUNT >= ATTEMPT)); then
                ATTEMPT=$((SLURM_RESTART_COUNT + 1))
            fi
            replace run/attempt "$ATTEMPT"
        }

        # replace FILE TEXT: as a whole, so that no reader sees half of it.
        replace() { printf '%s\n' "$2" >"$1.new" && mv -f -- "$1.new" "$1"; }

        # The file `job`: the scheduler's id, and by what this process is known again.
        write_job_file() {
            local name stat boot='' lines
            JOB_ID=
            JOB_VARIABLE=
            for name in INTERLINK_JOB_ID SLURM_JOB_ID PBS_JOBID LSB_JOBID OAR_JOB_ID FLUX_JOB_ID COBALT_JOBID JOB_ID; do
                if [ -n "${!name-}" ]; then
                    JOB_ID=${!name} JOB_VARIABLE=$name
                    break
                fi
            done
            NODE=${SLURMD_NODENAME:-${HOSTNAME:-$(uname -n)}}
            read -r stat <"/proc/$$/stat"
            read -r -a stat <<<"${stat##*) }"
            if [ -r /proc/sys/kernel/random/boot_id ]; then read -r boot </proc/sys/kernel/random/boot_id; fi
            encoded "$JOB_ID" && JOB_ID=$ENCODED
            encoded "$NODE" && NODE=$ENCODED
            # Field 22 of stat is the start of the process in clock ticks since the machine's start.
            lines="format=1
        mark=$MARK
        attempt=$ATTEMPT
        job=$JOB_ID
        variable=$JOB_VARIABLE
        node=$NODE
        pid=$$
        pidstart=${stat[19]}
        boot=$boot
        started=$NOW"
            replace job "$lines"
        }

        # read_record FILE: sets RECORD, if the file is of this pod.
        read_record() {
            local line
            RECORD=()
            [ -r "$1" ] || return 1
            while IFS= read -r line; do
                [[ $line == *=* ]] && RECORD[${line%%=*}]=${line#*=}
            done <"$1"
            [ "${RECORD[mark]-}" = "$MARK" ]
        }
        declare -A RECORD=()

        # What an earlier attempt has told of a container is not taken back. Sets EARLIER to `closed` when the pod had
        # ended, `decided` when it may not run again, `running` when it may.
        look_back() {
            local index key
            EARLIER=
            if read_record closing; then
                EARLIER=closed
            elif read_record state; then
                EARLIER=running
                for ((index = 0; index < COUNT; index++)); do
                    [ "${RECORD[c$index.state]-}" = terminated ] || continue
                    [ "$RESTART_POLICY" != Never ] || EARLIER=decided
                done
            else
                return
            fi
            SEQUENCE=${RECORD[sequence]:-0}
            [[ $SEQUENCE =~ ^[0-9]+$ ]] || SEQUENCE=0
            for ((index = 0; index < COUNT; index++)); do
                key=c$index
                if [ "$EARLIER" != running ]; then
                    STATE[index]=${RECORD[$key.state]:-waiting} REASON[index]=${RECORD[$key.reason]-}
                    MESSAGE[index]=${RECORD[$key.message]-} EXIT[index]=${RECORD[$key.exit]-}
                    SIGNAL[index]=${RECORD[$key.signal]-} STARTED[index]=${RECORD[$key.started]-}
                    FINISHED[index]=${RECORD[$key.finished]-} READY[index]=${RECORD[$key.ready]:-0}
                    UP[index]=${RECORD[$key.up]:-0} IMAGE_FOUND[index]=${RECORD[$key.image]-}
                    RESTARTS[index]=${RECORD[$key.restarts]:-0}
                    if [ "$EARLIER" = decided ] && [ "${STATE[index]}" = running ]; then
                        terminated "$index" 137 Error "the attempt of the job in which it ran has been lost"
                    fi
                elif [ "$RESTART_POLICY" = OnFailure ] && [ "${ROLES[index]}" = regular ] &&
                    [ "${RECORD[$key.state]-}" = terminated ] && [ "${RECORD[$key.exit]-}" = 0 ]; then
                    # It has succeeded, and is not run again.
                    STATE[index]=terminated REASON[index]=Completed EXIT[index]=0 OVER[index]=yes
                    STARTED[index]=${RECORD[$key.started]-} FINISHED[index]=${RECORD[$key.finished]-}
                    RESTARTS[index]=${RECORD[$key.restarts]:-0}
                elif [ -n "${RECORD[$key.started]-}" ]; then
                    RESTARTS[index]=$((${RECORD[$key.restarts]:-0} + 1))
                fi
            done
        }

        # Whether a later attempt has begun elsewhere, while this machine was thought to be lost.
        is_superseded() {
            local current=
            if [ -r run/attempt ]; then read -r current <run/attempt; fi
            [[ $current =~ ^[0-9]+$ ]] && ((current > ATTEMPT))
        }
        """#
}
