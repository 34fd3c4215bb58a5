extension Supervisor {
    /// A script that interLink sent. It leaves `run-NAME.out` and `run-NAME.status` where `$workingPath` points.
    static let jobScript = #"""
        # ── Supervisor: a script instead of containers ─────────────────────────────────────────────────────────────────

        run_job_script() {
            local index name code
            PHASE=running
            wipe run/script
            mkdir -p run/script
            printf '%s\n' "$JOB_SCRIPT" >run/script/jobScript.sh
            for ((index = 0; index < COUNT; index++)); do
                name=${NAMES[index]}
                open_log "$index"
                # What the script writes for a container is its log.
                ln -sf -- "$WORKSPACE/logs/$name.log" "run/script/run-$name.out"
                ln -sf -- "$WORKSPACE/logs/$name.log" "run/script/init-$name.out"
                STARTED[index]=$NOW
                if [ "${ROLES[index]}" = init ]; then
                    terminated "$index" 0 Completed "run by the job script"
                    READY[index]=1
                else
                    STATE[index]=running REASON[index]='' UP[index]=1 READY[index]=1 CHANGED=yes
                fi
            done
            in_background job_script_job
            SCRIPT_PID=$CHILD
            while alive "$SCRIPT_PID"; do
                pause "$SCRIPT_PID"
                heed
                if [ -n "$ENDING" ]; then stop_job_script; fi
                read_script_statuses
                for ((index = 0; index < COUNT; index++)); do index_log "$index"; done
            done
            wait "$SCRIPT_PID"
            code=$?
            end_group "$SCRIPT_PID"
            read_script_statuses
            for ((index = 0; index < COUNT; index++)); do
                index_log "$index"
                [ "${STATE[index]}" = running ] || continue
                if [ "$code" -eq 0 ]; then
                    terminated "$index" 0 Completed ""
                else
                    terminated "$index" "$code" Error "the job script ended with $code"
                fi
            done
        }

        job_script_job() {
            cd run/script || exit 1
            umask 022
            export workingPath=$PWD SANDBOX=$PWD
            exec bash ./jobScript.sh >>"$WORKSPACE/run/script.log" 2>&1
        }

        stop_job_script() {
            if [ -z "$SCRIPT_STOP_BY" ]; then
                SCRIPT_STOP_BY=$((CLOCK + GRACE + 1))
                end_group "$SCRIPT_PID" TERM
            elif ((CLOCK >= SCRIPT_STOP_BY)); then
                end_group "$SCRIPT_PID" KILL
            fi
        }
        SCRIPT_PID='' SCRIPT_STOP_BY=''

        read_script_statuses() {
            local index code file
            for ((index = 0; index < COUNT; index++)); do
                [ "${STATE[index]}" = running ] || continue
                file=run/script/run-${NAMES[index]}.status
                [ -s "$file" ] || continue
                read -r code <"$file"
                [[ $code =~ ^[0-9]{1,3}$ ]] || continue
                if [ "$code" -eq 0 ]; then
                    terminated "$index" 0 Completed ""
                else
                    terminated "$index" "$code" Error ""
                fi
            done
        }
        """#
}
