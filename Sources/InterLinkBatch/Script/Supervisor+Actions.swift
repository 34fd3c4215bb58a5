extension Supervisor {
    /// What probes and hooks do.
    static let actions = #"""
        # ── Supervisor: what probes and hooks do ───────────────────────────────────────────────────────────────────────

        # act INDEX OUTPUT KIND …: in a child; its exit code is the answer.
        act() {
            local index=$1 kind=$3
            exec >"run/$2" 2>&1
            shift 3
            describe "$index"
            case $kind in
            exec) runtime_exec "$index" "$@" ;;
            http) ask_http "$@" ;;
            tcp) ask_tcp "$@" ;;
            sleep) exec sleep "$1" ;;
            esac
            exit
        }

        # ask_http HOST PORT PATH [NAME VALUE]…: succeeds with a status from 200 to 399.
        ask_http() {
            local host=$1 port=$2 path=$3 status='' headers='' has_host=no has_agent=no has_accept=no
            shift 3
            while [ $# -gt 1 ]; do
                case ${1,,} in
                host) has_host=yes ;;
                user-agent) has_agent=yes ;;
                accept) has_accept=yes ;;
                esac
                headers+="$1: $2"$'\r\n'
                shift 2
            done
            [ "$has_host" = yes ] || headers+="Host: $host:$port"$'\r\n'
            [ "$has_agent" = yes ] || headers+=$'User-Agent: kube-probe/interlink\r\n'
            [ "$has_accept" = yes ] || headers+=$'Accept: */*\r\n'
            { exec 5<>"/dev/tcp/$host/$port"; } 2>/dev/null || {
                echo "dial tcp $host:$port: connection refused"
                exit 1
            }
            printf 'GET %s HTTP/1.1\r\n%sConnection: close\r\n\r\n' "$path" "$headers" >&5
            IFS=' ' read -r _ status _ <&5 || {
                echo "no answer from $host:$port"
                exit 1
            }
            status=${status%$'\r'}
            # What else there is gets read, so that the server sees a reader to its end.
            head -c 10240 <&5 >/dev/null
            if [[ $status =~ ^[23][0-9][0-9]$ ]]; then exit 0; fi
            echo "HTTP probe failed with statuscode: $status"
            exit 1
        }

        # ask_tcp HOST PORT: succeeds when somebody listens there.
        ask_tcp() {
            if { exec 5<>"/dev/tcp/$1/$2"; } 2>/dev/null; then exit 0; fi
            echo "dial tcp $1:$2: connection refused"
            exit 1
        }

        # start_hook INDEX [KIND …]: in the background, in HOOK.
        start_hook() {
            local index=$1
            shift
            HOOK[index]=''
            [ $# -gt 0 ] || return 0
            in_background act "$index" "${NAMES[index]}.hook" "$@"
            HOOK[index]=$CHILD
        }

        # What a probe or hook has said, for a message.
        action_output() { head -c 1024 "run/${NAMES[$1]}.$2" 2>/dev/null | tr -d '\0'; }
        """#
}
