extension Supervisor {
    /// emptyDir and hostPath, on the node.
    static let volumes = #"""
        # ── Supervisor: volumes of this machine ────────────────────────────────────────────────────────────────────────

        # wipe FOLDER: removes what an earlier attempt left; a link is removed, never followed.
        wipe() {
            [ -e "$1" ] || [ -L "$1" ] || return 0
            [ -L "$1" ] || chmod -R u+rwX -- "$1" 2>/dev/null
            rm -rf -- "$1"
        }

        # each_mount COMMAND: gives it SOURCE TARGET MODE of each mount of the container, the source as a path of this machine.
        each_mount() {
            local position source
            for ((position = 0; position < ${#MOUNTS[@]}; position += 4)); do
                source=${MOUNTS[position + 1]}
                [ "${MOUNTS[position]}" = node ] || source=$WORKSPACE/$source
                "$1" "$source" "${MOUNTS[position + 2]}" "${MOUNTS[position + 3]}"
            done
        }

        memory_folder() { MEMORY_FOLDER=/dev/shm/$MARK.$1; }

        # emptyDir: made new for every attempt, open to whatever user a container has.
        prepare_scratch() {
            local position path folder
            for ((position = 0; position < ${#SCRATCH[@]}; position += 3)); do
                path=${SCRATCH[position]}
                wipe "$path"
                mkdir -p -- "$(dirname -- "$path")"
                if [ "${SCRATCH[position + 1]}" = memory ]; then
                    memory_folder "$((position / 3))"
                    [ ! -O "$MEMORY_FOLDER" ] || wipe "$MEMORY_FOLDER"
                    if ! mkdir -m 0700 -- "$MEMORY_FOLDER" || ! ln -s -- "$MEMORY_FOLDER" "$path"; then
                        end_pod CreateContainerConfigError "the folder $MEMORY_FOLDER for an emptyDir in memory cannot be made"
                        return
                    fi
                    chmod 0777 "$MEMORY_FOLDER"
                elif ! mkdir -m 0777 -- "$path" || ! chmod 0777 "$path"; then
                    end_pod CreateContainerConfigError "the folder $path for an emptyDir cannot be made"
                    return
                fi
            done
            for folder in "${SCRATCH_FOLDERS[@]}"; do (umask 000 && mkdir -p -- "$folder"); done
        }

        remove_memory_folders() {
            local position
            for ((position = 0; position < ${#SCRATCH[@]}; position += 3)); do
                [ "${SCRATCH[position + 1]}" = memory ] || continue
                memory_folder "$((position / 3))"
                [ ! -O "$MEMORY_FOLDER" ] || wipe "$MEMORY_FOLDER"
            done
        }

        # hostPath: there, of the kind that the pod asks for, and with all links followed still where the site allows it.
        check_host_paths() {
            local position path root need fault real
            for ((position = 0; position < ${#HOST_PATHS[@]}; position += 3)); do
                path=${HOST_PATHS[position]} root=${HOST_PATHS[position + 1]} need=${HOST_PATHS[position + 2]} fault=
                real=$(readlink -m -- "$path")
                root=$(readlink -m -- "$root")
                case ${real%/}/ in
                "${root%/}"/*) ;;
                *)
                    end_pod FailedMount "hostPath $path leads to $real, outside $root, on $NODE"
                    return
                    ;;
                esac
                case $need in
                anything) [ -e "$path" ] || (umask 022 && mkdir -p -- "$path") || fault="cannot be made" ;;
                folder) [ -d "$path" ] || fault="is no folder" ;;
                folder-or-new) [ -d "$path" ] || (umask 022 && mkdir -p -- "$path") || fault="cannot be made" ;;
                file) [ -f "$path" ] || fault="is no file" ;;
                file-or-new) [ -f "$path" ] || { [ ! -e "$path" ] && (umask 022 && : >"$path"); } || fault="cannot be made" ;;
                socket) [ -S "$path" ] || fault="is no socket" ;;
                character-device) [ -c "$path" ] || fault="is no character device" ;;
                block-device) [ -b "$path" ] || fault="is no block device" ;;
                esac
                [ -z "$fault" ] || end_pod FailedMount "hostPath $path $fault on $NODE"
            done
        }

        # The sizes of limited emptyDirs, measured beside everything else.
        watch_scratch() {
            local position limited=()
            if [ -n "$MEASURING" ]; then
                ! alive "$MEASURING" || return 0
                wait "$MEASURING" || :
                MEASURING=
                if [ -s run/scratch.over ]; then end_pod Evicted "$(<run/scratch.over)"; fi
                return
            fi
            ((CLOCK >= MEASURE_AT)) || return 0
            MEASURE_AT=$((CLOCK + SCRATCH_PERIOD))
            for ((position = 0; position < ${#SCRATCH[@]}; position += 3)); do
                ((SCRATCH[position + 2] == 0)) || limited+=("${SCRATCH[position]}" "${SCRATCH[position + 2]}")
            done
            [ ${#limited[@]} -gt 0 ] || return 0
            in_background measure_scratch "${limited[@]}"
            MEASURING=$CHILD
        }
        MEASURING='' MEASURE_AT=0

        measure_scratch() {
            local size
            : >run/scratch.over
            while [ $# -gt 0 ]; do
                size=$(du -sk -- "$1/" 2>/dev/null)
                size=${size%%[!0-9]*}
                if ((${size:-0} * 1024 > $2)); then
                    echo "Usage of EmptyDir volume \"${1##*/}\" exceeds the limit of $2 bytes." >>run/scratch.over
                fi
                shift 2
            done
        }
        """#
}
