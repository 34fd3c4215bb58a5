extension ApptainerRuntime {
    static let running = #"""
        # Sets INIT and PAYLOAD, the container's first process and its program, as this machine numbers them; non-zero as
        # long as there is no program. Its parents are: the shell's child, which has become Apptainer; and `appinit`.
        find_payload() {
            local pid name
            INIT='' PAYLOAD=''
            for pid in $(children_of "$1"); do
                read -r name <"/proc/$pid/comm" || continue
                [ "$name" != appinit ] || INIT=$pid
            done 2>/dev/null
            [ -n "$INIT" ] || return 1
            for pid in $(children_of "$INIT"); do
                PAYLOAD=$pid
                return
            done
            return 1
        }

        children_of() {
            local file
            if [ -r "/proc/$1/task/$1/children" ]; then
                cat "/proc/$1/task/$1/children" 2>/dev/null
                return
            fi
            # Older kernels do not tell; the parent is the fourth field of stat, after the name in parentheses.
            for file in /proc/[0-9]*/stat; do
                sed -n "s/^\([0-9]*\) (.*) [A-Z] $1 .*/\1/p" "$file" 2>/dev/null
            done
        }

        # A command in the container's own namespaces, with its environment, from its working folder.
        runtime_exec() {
            local pid=${PID[$1]} name flags=() entry entries nsenter
            shift
            until find_payload "$pid"; do
                alive "$pid" || exit 1
                sleep 0.05
            done
            # Exactly those that are the container's own.
            for name in user:-U mnt:-m pid:-p ipc:-i uts:-u; do
                [ "/proc/$INIT/ns/${name%%:*}" -ef "/proc/self/ns/${name%%:*}" ] || flags+=("${name#*:}")
            done
            nsenter=$(command -v nsenter)
            # From here on the variables are those of the running program, which the start file completes.
            mapfile -d '' -t entries <"/proc/$PAYLOAD/environ"
            for name in $(compgen -e); do unset "$name"; done
            for entry in "${entries[@]}"; do
                name=${entry%%=*}
                if [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] && ! is_kept_by_shells "$name"; then export "${entry?}"; fi
            done
            if [ "$(<"run/$NAME.shell")" = yes ]; then
                exec "$nsenter" -t "$INIT" "${flags[@]}" --preserve-credentials /bin/sh /proc/self/fd/3 "$@" \
                    3<"run/$NAME.start" 4>&1
            fi
            exec "$nsenter" -t "$INIT" "${flags[@]}" --preserve-credentials "-w/proc/$PAYLOAD/cwd" "$@"
        }

        # To the program itself. A signal that comes before there is one would be lost, so it is sent again later.
        runtime_signal() {
            find_payload "${PID[$1]}" || return 1
            kill -s "$2" "$PAYLOAD" 2>/dev/null || :
        }

        # The end of its first process ends all of a container; Apptainer then takes its image server away. Only where
        # that has not helped is Apptainer itself killed.
        runtime_kill() {
            if find_payload "${PID[$1]}" || [ -n "$INIT" ]; then
                kill -KILL "$INIT" 2>/dev/null
            else
                end_group "${PID[$1]}"
            fi
        }

        # Apptainer says 255 for all that keeps it from starting a container, and why in the log.
        runtime_ended() {
            local line
            [ "$2" -eq 255 ] || return 0
            line=$(tail -n 5 "logs/$NAME.log" | tr -d '\0' | grep '^FATAL:   ' | tail -n 1)
            [ -n "$line" ] || return 0
            END_REASON=StartError END_CODE=128 END_MESSAGE=${line#FATAL:   }
            case $line in
            *"executable file not found"* | *": no such file or directory") END_CODE=127 ;;
            *"permission denied" | *"is a directory") END_CODE=126 ;;
            *"container creation failed"*) END_REASON=CreateContainerError ;;
            esac
        }

        runtime_cleanup() {
            local index
            for ((index = 0; index < COUNT; index++)); do wipe "run/${NAMES[index]}.tmp"; done
            [ -z "$ROOT_FOLDER" ] || wipe "$ROOT_FOLDER/$MARK"
        }
        """#
}
