/// Containers by Podman, without root, in the node's network.
///
/// Written to Podman's documentation and tested against a stand-in that records how it is called: Podman itself could not
/// be had where this was made.
///
/// Environments go in by a file, and values of several lines as secrets of Podman's that are removed with the container:
/// no value is an argument. The address space of a process is limited as its data (`--ulimit data`).
package struct PodmanRuntime: ContainerRuntime {
    package let name = "podman"
    /// The program: a name or a path.
    package var command = "podman"
    /// More options of `run`, as the site wants them.
    package var options: [String] = []
    /// Whether the job may ask registries.
    package var pullsImages = true
    /// Credentials for registries, in the format of Docker's `config.json`.
    package var authFile: String?

    package init() {}

    package func functions(for plan: PodPlan) -> String {
        let choices = [
            "PODMAN=\(ShellQuote.word(command))",
            "PODMAN_OPTIONS=\(ShellQuote.array(options))",
            "MAY_PULL=\(pullsImages ? "yes" : "no")",
            "AUTH_FILE=\(ShellQuote.word(authFile ?? ""))",
        ].joined(separator: "\n")
        return [Self.heading, choices, Self.images, Self.containers].joined(separator: "\n\n")
    }

    package func objections(to plan: PodPlan) -> [String] { [] }

    static let heading = #"""
        # ── Runtime: Podman ────────────────────────────────────────────────────────────────────────────────────────────
        """#

    static let images = #"""
        runtime_check() {
            command -v "$PODMAN" >/dev/null || refuse RuntimeNotFound "$PODMAN is not there on $NODE (PATH is $PATH)"
        }

        runtime_prepare() {
            local trouble image=${IMAGE#docker://} present=no
            if "$PODMAN" image exists "$image" </dev/null; then present=yes; fi
            if [ "$PULL" = never ] || [ "$MAY_PULL" = no ]; then
                [ "$present" = yes ] || {
                    refuse ErrImageNeverPull "image $image is not there on $NODE, and may not be pulled"
                    return
                }
            elif [ "$PULL" = always ] || [ "$present" = no ]; then
                if ! "$PODMAN" pull --quiet ${AUTH_FILE:+--authfile "$AUTH_FILE"} "$image" \
                    >"run/$NAME.pull" 2>&1 </dev/null; then
                    trouble=$(grep '^Error: ' "run/$NAME.pull" | tail -n 1)
                    case $trouble in
                    *"invalid reference format"*) refuse InvalidImageName "${trouble#Error: }" ;;
                    *) refuse ErrImagePull "${trouble#Error: }" ;;
                    esac
                    return
                fi
            fi
            "$PODMAN" image inspect --format '{{.Digest}}' "$image" </dev/null
        }
        """#

    static let containers = #"""
        container_name() { printf '%s.%s' "$MARK" "$NAME"; }

        runtime_start() {
            local options alias names name image=${IMAGE#docker://}
            options=(run --rm --replace --name "$(container_name)" --label "interlink.mark=$MARK" --pull never
                --network host --hostname "$POD_HOSTNAME" --log-driver none --stop-signal "$STOP_SIGNAL")
            [ "$READ_ONLY_ROOT" = no ] || options+=(--read-only)
            [ -z "$WORKING_FOLDER" ] || options+=(--workdir "$WORKING_FOLDER")
            [ -z "$RUN_USER$RUN_GROUP" ] || options+=(--user "${RUN_USER:-0}${RUN_GROUP:+:$RUN_GROUP}")
            [ -z "$ADDRESS_SPACE" ] || options+=(--ulimit "data=$ADDRESS_SPACE:$ADDRESS_SPACE")
            case $GPUS in
            nvidia) options+=(--device nvidia.com/gpu=all) ;;
            amd) options+=(--device /dev/kfd --device /dev/dri) ;;
            esac
            for alias in "${HOST_ALIASES[@]}"; do
                read -r -a names <<<"$alias"
                for name in "${names[@]:1}"; do options+=(--add-host "$name:${names[0]}"); done
            done
            each_mount add_mount
            add_mount "$WORKSPACE/run/$NAME.message" "$MESSAGE_PATH" rw
            add_environment
            options+=("${PODMAN_OPTIONS[@]}")
            umask 022
            # An empty entrypoint makes the first word after the image the program.
            [ "$COMMAND_GIVEN" = no ] || exec "$PODMAN" "${options[@]}" --entrypoint '' "$image" "${COMMAND[@]}" "${ARGUMENTS[@]}"
            exec "$PODMAN" "${options[@]}" "$image" "${ARGUMENTS[@]}"
        }

        # add_mount SOURCE TARGET MODE: a line of CSV, so that any byte may be in a path.
        add_mount() {
            local source=${1//\"/\"\"} target=${2//\"/\"\"} read_only=''
            [ "$3" = rw ] || read_only=,ro
            options+=(--mount "type=bind,\"src=$source\",\"dst=$target\"$read_only")
        }

        # A file of lines for values of one line; a secret for each of the others.
        add_environment() {
            local entry secret entries=() number=0
            mapfile -d '' -t entries <"env/$NAME"
            printf '%s\n' "INTERLINK_MARK=$MARK" ${POD_ADDRESS:+"POD_IP=$POD_ADDRESS"} >"run/$NAME.lines"
            for entry in "${entries[@]}"; do
                case $entry in
                *[$'\n\r']*)
                    number=$((number + 1))
                    secret=$(container_name).$number
                    "$PODMAN" secret rm "$secret" >/dev/null 2>&1 </dev/null
                    printf '%s' "${entry#*=}" | "$PODMAN" secret create "$secret" - >/dev/null ||
                        cannot_start CreateContainerError "podman cannot keep the value of ${entry%%=*}" 128
                    options+=(--secret "$secret,type=env,target=${entry%%=*}")
                    ;;
                *) printf '%s\n' "$entry" >>"run/$NAME.lines" ;;
                esac
            done
            options+=(--env-file "$WORKSPACE/run/$NAME.lines")
        }

        runtime_exec() {
            shift
            exec "$PODMAN" exec "$(container_name)" "$@"
        }

        runtime_signal() { "$PODMAN" kill --signal "$2" "$(container_name)" >/dev/null 2>&1 </dev/null; }

        runtime_kill() {
            "$PODMAN" kill --signal KILL "$(container_name)" >/dev/null 2>&1 </dev/null || end_group "${PID[$1]}"
        }

        # Podman says 125 for its own trouble, 126 and 127 for a command that cannot be run or is not there.
        runtime_ended() {
            local line
            case $2 in 125 | 126 | 127) ;; *) return 0 ;; esac
            line=$(tail -n 5 "logs/$NAME.log" | tr -d '\0' | grep '^Error: ' | tail -n 1)
            [ -n "$line" ] || return 0
            END_REASON=StartError END_MESSAGE=${line#Error: }
            [ "$2" -ne 125 ] || END_REASON=CreateContainerError END_CODE=128
        }

        runtime_cleanup() {
            local found
            mapfile -t found < <("$PODMAN" ps --all --quiet --filter "label=interlink.mark=$MARK" </dev/null)
            [ ${#found[@]} -eq 0 ] || "$PODMAN" rm --force --time 0 "${found[@]}" >/dev/null </dev/null
            mapfile -t found < <("$PODMAN" secret ls --quiet --filter "name=$MARK" </dev/null)
            [ ${#found[@]} -eq 0 ] || "$PODMAN" secret rm "${found[@]}" >/dev/null </dev/null
        }
        """#
}
