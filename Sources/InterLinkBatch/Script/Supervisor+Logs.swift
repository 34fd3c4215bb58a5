extension Supervisor {
    /// Containers write their logs themselves. This keeps the time index and the log of the run before.
    ///
    /// A line `1795181125 4711` of the index says: at that second the log was 4711 bytes long, so what stands before was
    /// written by then, and what comes after was not written earlier than the line before.
    static let logs = #"""
        # ── Supervisor: logs ───────────────────────────────────────────────────────────────────────────────────────────

        declare -a LOG_SIZE=()

        open_log() {
            local name=${NAMES[$1]} file
            if [ -e "logs/$name.log" ]; then
                for file in log times; do mv -f -- "logs/$name.$file" "logs/$name.previous.$file"; done
            fi
            : >"logs/$name.log"
            printf '%s 0\n' "$NOW" >"logs/$name.times"
            LOG_SIZE[$1]=0
        }

        # A line in the index for each log that has grown.
        index_logs() {
            local index logs=() open=() sizes position
            for ((index = 0; index < COUNT; index++)); do
                [ -n "${PID[index]}" ] || continue
                open+=("$index")
                logs+=("logs/${NAMES[index]}.log")
            done
            [ ${#open[@]} -gt 0 ] || return 0
            mapfile -t sizes < <(stat -c %s -- "${logs[@]}")
            [ ${#sizes[@]} -eq ${#open[@]} ] || return 0
            for position in "${!open[@]}"; do note_size "${open[position]}" "${sizes[position]}"; done
        }

        index_log() { note_size "$1" "$(stat -c %s -- "logs/${NAMES[$1]}.log")"; }

        note_size() {
            [ "$2" != "${LOG_SIZE[$1]}" ] || return 0
            LOG_SIZE[$1]=$2
            printf '%s %s\n' "$NOW" "$2" >>"logs/${NAMES[$1]}.times"
        }
        """#
}
