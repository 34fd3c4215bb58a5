extension ApptainerRuntime {
    static let starting = #"""
        # mount_option SOURCE TARGET MODE: adds to OPTIONS. The value is a line of CSV, so that any byte may be in a path.
        mount_option() {
            local source=${1//\"/\"\"} target=${2//\"/\"\"} read_only=''
            [ "$3" = rw ] || read_only=,ro
            OPTIONS+=(--mount "type=bind,\"src=$source\",\"dst=$target\"$read_only")
        }

        # Sets COMMAND_LINE: the pod's words, and the image's where the pod says nothing.
        choose_command() {
            local entrypoint=() cmd=()
            COMMAND_LINE=()
            if [ "$COMMAND_GIVEN" = yes ]; then
                COMMAND_LINE=("${COMMAND[@]}" "${ARGUMENTS[@]}")
            elif [ -e "run/$NAME.oci" ]; then
                mapfile -d '' -t entrypoint <"run/$NAME.entrypoint"
                mapfile -d '' -t cmd <"run/$NAME.cmd"
                [ "$ARGUMENTS_GIVEN" = no ] || cmd=("${ARGUMENTS[@]}")
                COMMAND_LINE=("${entrypoint[@]}" "${cmd[@]}")
            else
                # Apptainer's own images have a script instead.
                COMMAND_LINE=(/.singularity.d/runscript "${ARGUMENTS[@]}")
            fi
            [ ${#COMMAND_LINE[@]} -gt 0 ] || cannot_start StartError "neither the pod nor the image has a command" 127
        }

        runtime_start() {
            local image folders=() folder
            image=$(<"run/$NAME.path")
            choose_command
            if [ -e "run/$NAME.folder" ]; then mapfile -d '' -t folders <"run/$NAME.folder"; fi
            folder=${WORKING_FOLDER:-${folders[0]:-/}}

            OPTIONS=(-s exec -C --no-eval --no-mount "home,tmp" --hostname "$POD_HOSTNAME")
            if [ "$READ_ONLY_ROOT" = no ]; then
                if [ -n "$ROOT_FOLDER" ]; then
                    wipe "$ROOT_FOLDER/$MARK/$NAME"
                    mkdir -p -- "$ROOT_FOLDER/$MARK/$NAME"
                    OPTIONS+=(--overlay "$ROOT_FOLDER/$MARK/$NAME")
                else
                    OPTIONS+=(--writable-tmpfs)
                fi
            fi
            [ -z "$RUN_USER$RUN_GROUP" ] || OPTIONS+=(--security "uid:${RUN_USER:-$UID},gid:${RUN_GROUP:-$(id -g)}")
            case $GPUS in
            nvidia) OPTIONS+=(--nv) ;;
            amd) OPTIONS+=(--rocm) ;;
            esac
            # A folder of its own, new for each start and as large as the disk: Apptainer's /tmp is memory, and small.
            wipe "run/$NAME.tmp"
            mkdir -- "run/$NAME.tmp"
            chmod 1777 "run/$NAME.tmp"
            mount_option "$WORKSPACE/run/$NAME.tmp" /tmp rw
            write_hosts
            mount_option "$WORKSPACE/run/$NAME.hosts" /etc/hosts rw
            each_mount mount_option
            START_LINK=
            case $MESSAGE_PATH in
            # What is mounted there is lost below Apptainer's own /dev; a link in it is not.
            /dev/*)
                mount_option "$WORKSPACE/run/$NAME.message" /.interlink/message rw
                quoted "$MESSAGE_PATH"
                START_LINK="ln -s /.interlink/message $QUOTED 2>/dev/null"
                ;;
            *) mount_option "$WORKSPACE/run/$NAME.message" "$MESSAGE_PATH" rw ;;
            esac
            OPTIONS+=("${APPTAINER_OPTIONS[@]}")
            write_base_environment

            if [ "$(<"run/$NAME.shell")" = no ]; then start_without_shell "$image" "$folder"; fi
            write_apptainer_start "$1" "$folder"
            umask 022
            exec "$APPTAINER" "${OPTIONS[@]}" "$image" /bin/sh /proc/self/fd/3 "${COMMAND_LINE[@]}" \
                3<"run/$NAME.start" 4>>"run/$NAME.note"
        }

        write_hosts() {
            {
                cat /etc/hosts 2>/dev/null
                printf '%s %s\n' "${POD_ADDRESS:-127.0.0.1}" "$POD_HOSTNAME"
                [ ${#HOST_ALIASES[@]} -eq 0 ] || printf '%s\n' "${HOST_ALIASES[@]}"
            } >"run/$NAME.hosts"
            chmod 0644 "run/$NAME.hosts"
        }

        # What lies below the image's and the pod's own variables.
        write_base_environment() {
            local name home=/tmp
            [ "$RUN_USER" != 0 ] || home=/root
            {
                printf '%s\0' "HOME=$home" "HOSTNAME=$POD_HOSTNAME" ${POD_ADDRESS:+"POD_IP=$POD_ADDRESS"}
                # With a configuration of its own the image's variables are all known; else Apptainer has set them.
                [ ! -e "run/$NAME.oci" ] || printf '%s\0' PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                for name in CUDA_VISIBLE_DEVICES ROCR_VISIBLE_DEVICES NVIDIA_VISIBLE_DEVICES; do
                    [ -z "${!name-}" ] || printf '%s=%s\0' "$name" "${!name}"
                done
            } >"run/$NAME.base"
        }

        # The start file, and what Apptainer puts into an environment taken out of it again.
        write_apptainer_start() {
            local name names=(USER_PATH PROMPT_COMMAND PS1 TERM LANG)
            for name in APPNAME BIND COMMAND CONTAINER ENVIRONMENT NAME NO_EVAL; do
                names+=("APPTAINER_$name" "SINGULARITY_$name")
            done
            START_FIRST="unset ${names[*]}"
            start_folder "$2"
            [ -n "$GPUS" ] || START_FIRST+=" LD_LIBRARY_PATH"
            START_FIRST+=$'\n'$START_LINK
            if [ -n "$GPUS" ]; then
                # Where Apptainer has put the libraries of the graphics driver.
                START_LAST+=$'\n''export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}/.singularity.d/libs"'
            fi
            # A script of Apptainer's evaluates its arguments unless it is told not to.
            if [ "${COMMAND_LINE[0]}" = /.singularity.d/runscript ]; then
                START_LAST+=$'\n''export SINGULARITY_NO_EVAL=1'$'\n'$START_RUNSCRIPT
            fi
            write_start_file "$1" "run/$NAME.base" "run/$NAME.variables" "env/$NAME"
        }

        # Inside the container: an image that was made without a script has none, or one that says so and ends well.
        START_RUNSCRIPT='_il_fault=
        [ -e /.singularity.d/runscript ] || _il_fault=yes
        while IFS= read -r _il_line; do
            case $_il_line in *"There is no runscript defined"*) _il_fault=yes ;; esac
        done 2>/dev/null </.singularity.d/runscript
        if [ -n "$_il_fault" ]; then
            printf "%s\n" StartError "neither the pod nor the image has a command" >&4
            exit 127
        fi
        unset _il_line _il_fault'

        # Without a shell in the image Apptainer has to set the variables: those whose names it can.
        start_without_shell() {
            local file entry entries=() prefix=APPTAINERENV_
            case ${APPTAINER##*/} in singularity*) prefix=SINGULARITYENV_ ;; esac
            for file in "run/$NAME.base" "run/$NAME.variables" "env/$NAME"; do
                [ -r "$file" ] || continue
                mapfile -d '' -t entries <"$file"
                for entry in "${entries[@]}"; do
                    if [[ ${entry%%=*} =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]]; then
                        export "$prefix${entry?}"
                    else
                        say "$NAME: the image has no shell, so ${entry%%=*} cannot be set" 2>>supervisor.log
                    fi
                done
            done
            export "${prefix}INTERLINK_MARK=$MARK" "${prefix}INTERLINK_CONTAINER=$MARK/$NAME"
            umask 022
            exec "$APPTAINER" "${OPTIONS[@]}" --cwd "$2" "$1" "${COMMAND_LINE[@]}"
        }
        """#
}
