extension Supervisor {
    /// The site's preamble, the pod's pre-exec, the tunnel, and the mesh.
    static let network = #"""
        # ── Supervisor: network and what runs before ───────────────────────────────────────────────────────────────────

        # run_before WORD TEXT: runs text of the site or the user with bash, and takes over what it exports, as
        # `module load` does. How it ends is told in supervisor.log and changes nothing.
        run_before() {
            local entry name entries=()
            [ -n "$2" ] || return 0
            printf '%s\n' "$2" >"run/$1.sh"
            in_background bash -c '. "./run/$1.sh"; code=$?; env -0 >"run/$1.env"; exit "$code"' bash "$1"
            until_ended "$CHILD" || say "$1 ended with $ENDED_WITH"
            [ -r "run/$1.env" ] || return 0
            mapfile -d '' -t entries <"run/$1.env"
            rm -f -- "run/$1.env"
            for entry in "${entries[@]}"; do
                name=${entry%%=*}
                [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || continue
                case $name in _ | BASH* | INTERLINK_* | LC_ALL | OLDPWD | PWD | SHELLOPTS | SHLVL) continue ;; esac
                # The supervisor's own variables are not exported, and stay what they are.
                case $(declare -p "$name" 2>/dev/null) in
                "" | "declare -x "*) export "$name=${entry#*=}" ;;
                esac
            done
        }

        # until_ended PID: waits for a child while signals and the deadline are heeded; its code in ENDED_WITH.
        until_ended() {
            while alive "$1"; do
                pause "$1"
                heed
                if [ -n "$ENDING" ]; then end_group "$1"; fi
            done
            wait "$1"
            ENDED_WITH=$?
            return "$ENDED_WITH"
        }

        # The commands that make a tunnel download a program and leave it running; containers start when they are through.
        start_tunnel() {
            local limit=$((CLOCK + 120))
            [ -n "$TUNNEL_COMMANDS" ] || return 0
            mkdir -p run/tunnel
            printf '%s\n' "$TUNNEL_COMMANDS" >run/tunnel/commands.sh
            in_background run_tunnel
            TUNNEL=$CHILD
            while alive "$TUNNEL" && [ -z "$ENDING" ] && ((CLOCK < limit)); do
                pause "$TUNNEL"
                heed
            done
        }
        TUNNEL=

        run_tunnel() {
            cd run/tunnel || exit 1
            bash ./commands.sh >>../tunnel.log 2>&1
        }

        stop_tunnel() {
            [ -n "$TUNNEL" ] || return 0
            end_group "$TUNNEL" TERM
            end_group "$TUNNEL" KILL
        }

        # The mesh script makes a network of its own and runs one command in it: this very script. It ends with that
        # command's code. Signals reach this process only, and are handed on to the one inside.
        run_under_mesh() {
            local inner='' line code
            mkdir -p run/mesh
            TMPDIR=$(mktemp -d /tmp/il-mesh.XXXXXX) || exit 73
            export TMPDIR
            printf '%s' "$MESH_SCRIPT" >"$TMPDIR/mesh.sh"
            # The mesh script takes one word without blanks.
            quoted "$WORKSPACE/job.sh"
            printf '#!/usr/bin/env bash\nexec bash %s\n' "$QUOTED" >"$TMPDIR/job"
            chmod 0700 "$TMPDIR/job"
            rm -f job
            export INTERLINK_INSIDE_MESH=1
            in_background bash "$TMPDIR/mesh.sh" "$TMPDIR/job" >>run/mesh.log 2>&1
            while alive "$CHILD"; do
                pause "$CHILD"
                if [ -n "$SIGNALLED" ]; then
                    if [ -r job ]; then
                        while IFS= read -r line; do [[ $line != pid=* ]] || inner=${line#pid=}; done <job
                        [ -z "$inner" ] || kill -TERM "$inner" 2>/dev/null
                    else
                        end_group "$CHILD"
                    fi
                    SIGNALLED=
                fi
            done
            wait "$CHILD"
            code=$?
            end_strays
            rm -rf -- "$TMPDIR"
            unset INTERLINK_INSIDE_MESH
            ! read_record state || SEQUENCE=${RECORD[sequence]}
            if read_record closing && [ "${RECORD[attempt]-}" = "$ATTEMPT" ]; then exit "$code"; fi
            end_pod NetworkError "the mesh script ended with $code before the pod did: $(tail -c 1000 run/mesh.log | tr -d '\0')"
        }
        """#
}
