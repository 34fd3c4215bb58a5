/// No container at all: a container is a process group on the machine itself, with its environment and its mounts.
///
/// It isolates nothing. Processes see the machine's files, users, network and processes, and run the machine's own
/// programs; the image is ignored. It is meant for demonstrations, tests, and sites where jobs are plain processes anyway.
///
/// Mounts appear at their targets, really read-only where asked for, in a mount namespace of the container's own: as root
/// directly, otherwise inside a user namespace (`unshare -r`, and back to the user's own id where `unshare` knows how).
/// Where the machine allows neither, only targets below the workspace are possible, as links; other pods are refused there
/// with the reason.
package struct ProcessRuntime: ContainerRuntime {
    /// How mounts are made to appear.
    package enum Mounts: String, Sendable {
        /// In namespaces where they work, else by links.
        case bestPossible = "best"
        /// Never in namespaces.
        case links
    }

    package let name = "process"
    private let mounts: Mounts

    package init(mounts: Mounts = .bestPossible) { self.mounts = mounts }

    package func functions(for plan: PodPlan) -> String {
        "PROCESS_MOUNTS=\(ShellQuote.word(mounts.rawValue))\n\n" + Self.starting + "\n\n" + Self.view
    }

    package func objections(to plan: PodPlan) -> [String] {
        plan.containers.flatMap { container -> [String] in
            var objections = [String]()
            if (container.command ?? []).isEmpty && (container.arguments ?? []).isEmpty {
                objections.append(
                    "container \(container.name) has no command: without an image there is no other one to run")
            }
            if container.user != nil || container.group != nil {
                objections.append(
                    "container \(container.name) asks for a user or group: processes run as the user of the job")
            }
            return objections
        }
    }
}

extension ProcessRuntime {
    static let starting = #"""
        # ── Runtime: plain processes, isolated from nothing ────────────────────────────────────────────────────────────

        # Finds out in VIEW how mounts can be made: `root` and `user` in namespaces, `links` without.
        runtime_check() {
            local index position
            # pivot_root lies where the path of a user often does not lead.
            PATH=$PATH:/usr/sbin:/sbin
            VIEW=links
            if [ "$PROCESS_MOUNTS" = best ]; then
                if [ "$EUID" -eq 0 ] && unshare -m bash -c 'mount -t tmpfs tmpfs run' 2>/dev/null; then
                    VIEW=root
                elif unshare -r -m bash -c 'mount -t tmpfs tmpfs run' 2>/dev/null; then
                    VIEW=user
                fi
            fi
            [ "$VIEW" = links ] || return 0
            for ((index = 0; index < COUNT; index++)); do
                describe "$index"
                for ((position = 0; position < ${#MOUNTS[@]}; position += 4)); do
                    case ${MOUNTS[position + 2]} in
                    "$WORKSPACE"/*) [ "${MOUNTS[position + 3]}" = rw ] && continue ;;
                    esac
                    refuse FailedMount "${MOUNTS[position + 2]}: this machine has no namespaces for users, so plain processes can have mounts only inside the workspace, and only writable ones"
                    return
                done
            done
        }

        runtime_prepare() { mkdir -p -- "run/$NAME.view"; }

        runtime_start() {
            local command=("${COMMAND[@]}" "${ARGUMENTS[@]}") views=() position
            [ "$READ_ONLY_ROOT" = no ] || say "$NAME: a process cannot have a read-only root" 2>>supervisor.log
            for name in CUDA_VISIBLE_DEVICES ROCR_VISIBLE_DEVICES NVIDIA_VISIBLE_DEVICES; do
                [ -z "${!name-}" ] || printf '%s=%s\0' "$name" "${!name}"
            done >"run/$NAME.base"
            printf '%s\0' PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "HOME=$WORKSPACE/run/$NAME.work" \
                "HOSTNAME=$POD_HOSTNAME" ${POD_ADDRESS:+"POD_IP=$POD_ADDRESS"} >>"run/$NAME.base"
            rm -f -- "run/$NAME.up"
            wipe "run/$NAME.work"
            mkdir -m 0700 -- "run/$NAME.work"
            start_folder "${WORKING_FOLDER:-$WORKSPACE/run/$NAME.work}"
            write_start_file "$1" "run/$NAME.base" "env/$NAME"
            for ((position = 0; position < ${#MOUNTS[@]}; position += 4)); do
                [ "${MOUNTS[position]}" = node ] || MOUNTS[position + 1]=$WORKSPACE/${MOUNTS[position + 1]}
                views+=("${MOUNTS[@]:position + 1:3}")
            done
            exec 3<"run/$NAME.start" 4>>"run/$NAME.note"
            if [ "$VIEW" = links ]; then
                for ((position = 0; position < ${#views[@]}; position += 3)); do
                    mkdir -p -- "$(dirname -- "${views[position + 1]}")"
                    [ "${views[position]}" -ef "${views[position + 1]}" ] ||
                        ln -sfn -- "${views[position]}" "${views[position + 1]}" ||
                        cannot_start FailedMount "no link can be made at ${views[position + 1]}" 128
                done
                : >"run/$NAME.up"
                exec env -i /bin/sh /proc/self/fd/3 "${command[@]}"
            fi
            views+=("$WORKSPACE/run/$NAME.message" "$MESSAGE_PATH" rw)
            if [ ${#HOST_ALIASES[@]} -gt 0 ]; then
                {
                    cat /etc/hosts 2>/dev/null
                    printf '%s\n' "${HOST_ALIASES[@]}"
                } >"run/$NAME.hosts"
                chmod 0644 "run/$NAME.hosts"
                views+=("$WORKSPACE/run/$NAME.hosts" /etc/hosts rw)
            fi
            local flags=(-m)
            [ "$VIEW" = root ] || flags=(-r -m)
            exec unshare "${flags[@]}" bash -c "$(declare -f view_main view_target view_open view_compose view_fail)"'; view_main "$@"' \
                bash "$WORKSPACE/run/$NAME" "$UID" "$(id -g)" ${#views[@]} "${views[@]}" "${command[@]}"
        }

        runtime_exec() {
            local pid=${PID[$1]}
            shift
            # Not before the container sees what it will see.
            until [ -e "run/$NAME.up" ]; do
                alive "$pid" || exit 1
                sleep 0.05
            done
            exec 3<"run/$NAME.start" 4>&1
            case $VIEW in
            root) exec nsenter -t "$pid" -m -r -w env -i /bin/sh /proc/self/fd/3 "$@" ;;
            user) exec nsenter -t "$pid" -U -m -r -w --preserve-credentials env -i /bin/sh /proc/self/fd/3 "$@" ;;
            *) exec env -i /bin/sh /proc/self/fd/3 "$@" ;;
            esac
        }

        runtime_signal() { kill -s "$2" "${PID[$1]}" 2>/dev/null || :; }

        runtime_kill() {
            end_group "${PID[$1]}"
            end_marked "INTERLINK_CONTAINER=$MARK/${NAMES[$1]}"
        }

        # What the container's processes have left running elsewhere ends with it.
        runtime_ended() { end_marked "INTERLINK_CONTAINER=$MARK/${NAMES[$1]}"; }

        runtime_cleanup() { :; }
        """#
}
