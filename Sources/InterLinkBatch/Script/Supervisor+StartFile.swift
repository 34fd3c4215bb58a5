extension Supervisor {
    /// How a container gets its environment: from a file on descriptor 3, read by a shell inside the container.
    ///
    /// No value stands in an argument of any program, with one exception: a name that no shell can export (`my.dot`, or
    /// one that shells keep for themselves, `SHLVL`) is set by `env NAME=value` at the very end, so those values are
    /// visible in the list of processes until `env` has become the container's program, about a millisecond.
    static let startFile = #"""
        # ── Supervisor: environments ───────────────────────────────────────────────────────────────────────────────────

        # write_start_file INDEX [FILE…]: makes run/NAME.start, which /bin/sh runs inside the container with the command as
        # its arguments: it sets the environment, checks the command, and becomes it. Each FILE holds `NAME=value` entries
        # ended by NUL; later ones win. START_FIRST is shell text for its beginning, START_LAST for after the environment.
        write_start_file() {
            local index=$1 file entry name odd='' entries=()
            shift
            for file in "$@"; do
                [ -r "$file" ] || continue
                mapfile -d '' -O "${#entries[@]}" -t entries <"$file"
            done
            {
                printf '%s\n' "${START_FIRST-}"
                for entry in "${entries[@]}"; do
                    [[ $entry == *=* ]] || continue
                    name=${entry%%=*}
                    quoted "${entry#*=}"
                    if [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] && ! is_kept_by_shells "$name"; then
                        printf 'export %s=%s\n' "$name" "$QUOTED"
                    else
                        quoted "$entry"
                        odd+=" $QUOTED"
                    fi
                done
                # By these, what a killed supervisor has left running is found: they reach every process of the container.
                printf 'export INTERLINK_MARK=%s INTERLINK_CONTAINER=%s\n' "$MARK" "$MARK/${NAMES[index]}"
                printf '%s\n' "${START_LAST-}"
                printf '%s\n' "$START_CHECKS"
                [ -z "$ADDRESS_SPACE" ] || printf 'ulimit -v %d || exit 126\n' $(((ADDRESS_SPACE + 1023) / 1024))
                # The descriptors are closed for the container itself.
                if [ -n "$odd" ]; then
                    printf 'exec env%s "$@" 3<&- 4>&-\n' "$odd"
                else
                    printf 'exec "$@" 3<&- 4>&-\n'
                fi
            } >"run/${NAMES[index]}.start"
        }

        # Variables that one shell or another does not let be set, or sets by itself.
        is_kept_by_shells() {
            case $1 in
            _ | BASH* | COMP_* | DIRSTACK | EPOCH* | EUID | FUNCNAME | GROUPS | HISTCMD | IFS | LINENO | MAILCHECK | OLDPWD | \
                OPTARG | OPTERR | OPTIND | POSIXLY_CORRECT | PPID | PS1 | PS2 | PS4 | PWD | RANDOM | SECONDS | SHELLOPTS | \
                SHLVL | SRANDOM | UID | _il_*) return 0 ;;
            *) return 1 ;;
            esac
        }

        # Inside the container: the folder to work in, and whether the command is there. What is wrong goes to descriptor 4.
        START_CHECKS='_il_fail() {
            printf "%s\n" "$2" "$3" >&4
            exit "$1"
        }
        umask 022
        if [ -n "${_il_folder-}" ]; then
            [ -d "$_il_folder" ] || mkdir -p -- "$_il_folder" 2>/dev/null
            cd -- "$_il_folder" 2>/dev/null || _il_fail 128 StartError "the working folder $_il_folder cannot be entered"
        fi
        _il_found=
        case $1 in
        */*) _il_found=$1 ;;
        *)
            _il_rest=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}:
            while [ -n "$_il_rest" ] && [ -z "$_il_found" ]; do
                _il_next=${_il_rest%%:*}
                _il_rest=${_il_rest#*:}
                if [ -f "${_il_next:-.}/$1" ] && [ -x "${_il_next:-.}/$1" ]; then _il_found=${_il_next:-.}/$1; fi
            done
            [ -n "$_il_found" ] || _il_fail 127 StartError "exec: \"$1\": executable file not found in \$PATH"
            ;;
        esac
        [ -e "$_il_found" ] || _il_fail 127 StartError "exec: \"$1\": no such file or directory"
        [ ! -d "$_il_found" ] || _il_fail 126 StartError "exec: \"$1\": is a directory"
        [ -x "$_il_found" ] || _il_fail 126 StartError "exec: \"$1\": permission denied"
        unset _il_folder _il_found _il_rest _il_next'

        # start_folder PATH: shell text that chooses the folder to work in.
        start_folder() {
            quoted "$1"
            START_LAST="_il_folder=$QUOTED"
        }
        """#
}
