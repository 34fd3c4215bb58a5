/// Containers by Enroot, NVIDIA's unprivileged runtime for clusters.
///
/// Written to Enroot's documentation and tested against a stand-in that records how it is called: Enroot itself could not
/// be had where this was made.
///
/// Enroot shares the node's processes, names and network, and starts a container by its script `/etc/rc`. That script is
/// replaced by one that sets the environment, so no value is an argument; the image's own is kept beside it for pods that
/// give no command.
package struct EnrootRuntime: ContainerRuntime {
    package let name = "enroot"
    /// The program: a name or a path.
    package var command = "enroot"
    /// More options of `start`, as the site wants them.
    package var options: [String] = []
    /// Where imported images are kept as files; nil: below the user's cache folder.
    package var imageFolder: String?
    /// Whether the job may ask registries.
    package var pullsImages = true

    package init() {}

    package func functions(for plan: PodPlan) -> String {
        let choices = [
            "ENROOT=\(ShellQuote.word(command))",
            "ENROOT_OPTIONS=\(ShellQuote.array(options))",
            imageFolder.map { "IMAGE_FOLDER=\(ShellQuote.word($0))" }
                ?? "IMAGE_FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/interlink-images",
            "MAY_PULL=\(pullsImages ? "yes" : "no")",
        ].joined(separator: "\n")
        return [Self.heading, choices, Self.images, Self.containers].joined(separator: "\n\n")
    }

    package func objections(to plan: PodPlan) -> [String] {
        plan.containers.filter { $0.user != nil && $0.user != 0 }.map {
            "container \($0.name) asks for user \($0.user ?? 0): enroot runs containers as the user of the job, or as root"
        }
    }

    static let heading = #"""
        # ── Runtime: Enroot ────────────────────────────────────────────────────────────────────────────────────────────
        """#

    static let images = #"""
        runtime_check() {
            command -v "$ENROOT" >/dev/null || refuse RuntimeNotFound "$ENROOT is not there on $NODE (PATH is $PATH)"
        }

        container_name() { printf '%s.%s' "$MARK" "$NAME"; }

        runtime_prepare() {
            local file=$IMAGE key root
            case $IMAGE in
            docker://*)
                key=${IMAGE//[!A-Za-z0-9._-]/_}
                key=${key:0:120}.$(printf '%s' "$IMAGE" | cksum | tr ' ' .)
                file=$IMAGE_FOLDER/$key.sqsh
                mkdir -p -- "$IMAGE_FOLDER"
                import_image "$file" || return
                ;;
            esac
            [ -e "$file" ] || {
                refuse ErrImagePull "there is no image $file on $NODE"
                return
            }
            if ! "$ENROOT" create --force --name "$(container_name)" "$file" >"run/$NAME.pull" 2>&1 </dev/null; then
                refuse CreateContainerError "$(grep 'ERROR' "run/$NAME.pull" | tail -n 1)"
                return
            fi
            # The image's own way to start, under a name that the replacement of /etc/rc leaves alone.
            root=${ENROOT_DATA_PATH:-${XDG_DATA_HOME:-$HOME/.local/share}/enroot}/$(container_name)
            [ ! -e "$root/etc/rc" ] || cp -- "$root/etc/rc" "$root/.interlink-rc"
            printf '%s\n' "$file"
        }

        # import_image FILE: once for all jobs, one at a time.
        import_image() {
            local file=$1 reference=${IMAGE#docker://} registry=''
            # Enroot writes a registry with a # behind it.
            case ${reference%%/*} in
            *.* | *:* | localhost) if [ "$reference" != "${reference#*/}" ]; then registry=${reference%%/*}# reference=${reference#*/}; fi ;;
            esac
            if [ "$PULL" = never ] || [ "$MAY_PULL" = no ]; then
                [ -e "$file" ] || refuse ErrImageNeverPull "image $IMAGE is not in $IMAGE_FOLDER, and may not be imported here"
                return
            fi
            if [ -e "$file" ] && [ "$PULL" = missing ]; then return; fi
            exec 9>"$file.lock"
            flock 9 || say "images are imported without a lock: $file.lock cannot be locked"
            if [ ! -e "$file" ] || [ "$PULL" = always ]; then
                rm -f -- "$file.$$"
                if ! "$ENROOT" import --output "$file.$$" "docker://$registry$reference" \
                    >"run/$NAME.pull" 2>&1 </dev/null 9>&-; then
                    rm -f -- "$file.$$"
                    refuse ErrImagePull "$(grep 'ERROR' "run/$NAME.pull" | tail -n 1)"
                    return
                fi
                mv -f -- "$file.$$" "$file"
            fi
            exec 9>&-
        }
        """#

    static let containers = #"""
        runtime_start() {
            local options=(start --rc "$WORKSPACE/run/$NAME.start") command
            [ "$READ_ONLY_ROOT" = yes ] || options+=(--rw)
            [ "$RUN_USER" != 0 ] || options+=(--root)
            each_mount add_mount
            add_mount "$WORKSPACE/run/$NAME.message" "$MESSAGE_PATH" rw
            add_mount "$WORKSPACE/run/$NAME.note" /.interlink-note rw
            if [ ${#HOST_ALIASES[@]} -gt 0 ]; then
                {
                    cat /etc/hosts 2>/dev/null
                    printf '%s\n' "${HOST_ALIASES[@]}"
                } >"run/$NAME.hosts"
                chmod 0644 "run/$NAME.hosts"
                add_mount "$WORKSPACE/run/$NAME.hosts" /etc/hosts rw
            fi
            if [ "$COMMAND_GIVEN" = yes ]; then
                command=("${COMMAND[@]}" "${ARGUMENTS[@]}")
            else
                command=(/bin/sh /.interlink-rc "${ARGUMENTS[@]}")
            fi
            printf '%s\0' ${POD_ADDRESS:+"POD_IP=$POD_ADDRESS"} >"run/$NAME.base"
            # Enroot may close descriptors.
            START_FIRST='exec 4>>/.interlink-note'
            START_LAST=
            [ -z "$WORKING_FOLDER" ] || start_folder "$WORKING_FOLDER"
            write_start_file "$1" "run/$NAME.base" "env/$NAME"
            umask 022
            exec "$ENROOT" "${options[@]}" "${ENROOT_OPTIONS[@]}" "$(container_name)" "${command[@]}"
        }

        # add_mount SOURCE TARGET MODE: the target is made where it is missing. Fields are those of fstab, apart by colons.
        add_mount() {
            local kind=file mode=$3
            [ ! -d "$1" ] || kind=dir
            case $1$2 in
            *[:[:space:]]*) cannot_start CreateContainerError "enroot cannot mount a path with a blank or a colon: $1 at $2" 128 ;;
            esac
            options+=(--mount "$1:$2:x-create=$kind,rbind,$mode")
        }

        runtime_exec() {
            local pid=${PID[$1]}
            shift
            exec "$ENROOT" exec "$pid" /bin/sh /etc/rc "$@"
        }

        runtime_signal() { kill -s "$2" "${PID[$1]}" 2>/dev/null || :; }

        runtime_kill() {
            end_group "${PID[$1]}"
            end_marked "INTERLINK_CONTAINER=$MARK/${NAMES[$1]}"
        }

        runtime_ended() { end_marked "INTERLINK_CONTAINER=$MARK/${NAMES[$1]}"; }

        runtime_cleanup() {
            local index
            for ((index = 0; index < COUNT; index++)); do
                "$ENROOT" remove --force "$MARK.${NAMES[index]}" >/dev/null 2>&1 </dev/null
            done
        }
        """#
}
