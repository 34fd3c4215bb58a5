extension ApptainerRuntime {
    /// Where an image comes from: a file, a folder, or a registry by way of a file that is made once.
    static let images = #"""
        runtime_check() {
            command -v "$APPTAINER" >/dev/null || refuse RuntimeNotFound "$APPTAINER is not there on $NODE (PATH is $PATH)"
        }

        # Makes the image ready; run/NAME.path holds where it is. Prints that, too.
        runtime_prepare() {
            local output
            case $IMAGE in
            docker://* | oras://* | library://* | shub://* | http://* | https://*) find_in_registry || return ;;
            *)
                IMAGE_PATH=$IMAGE
                [ -e "$IMAGE_PATH" ] || {
                    refuse ErrImagePull "there is no image $IMAGE_PATH on $NODE"
                    return
                }
                ;;
            esac
            printf '%s\n' "$IMAGE_PATH" >"run/$NAME.path"
            read_image_configuration
            # A first start shows whether the image is one, and whether it has a shell.
            echo yes >"run/$NAME.shell"
            if ! output=$("$APPTAINER" -s exec -C --no-eval "$IMAGE_PATH" /bin/sh -c : 2>&1 </dev/null); then
                case $output in
                *"FATAL:   stat /bin/sh"* | *"/bin/sh: no such file"*) echo no >"run/$NAME.shell" ;;
                *)
                    refuse CreateContainerError "$(last_complaint <<<"$output")"
                    return
                    ;;
                esac
            fi
            printf '%s\n' "$IMAGE_PATH"
        }

        # The last line of trouble, without Apptainer's prefix.
        last_complaint() {
            local text
            text=$(tr -d '\0' | grep -E '^(FATAL|ERROR):|Error' | tail -n 1)
            text=${text#FATAL:}
            text=${text#ERROR:}
            printf '%s\n' "${text#"${text%%[! ]*}"}"
        }

        # Sets IMAGE_PATH to a file that is made of the image once, for all jobs. First pulls at the same time would damage
        # each other in Apptainer's own cache, so one waits for the other.
        find_in_registry() {
            local reference=$IMAGE key file trouble
            # Apptainer takes a digest or a tag, not both; the digest says more.
            [[ $reference =~ ^(.*/[^/:@]+):[^/@]+(@sha256:.*)$ ]] && reference=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
            key=${reference//[!A-Za-z0-9._-]/_}
            key=${key:0:120}.$(printf '%s' "$reference" | cksum | tr ' ' .)
            file=$IMAGE_FOLDER/$key.sif
            IMAGE_PATH=$file
            mkdir -p -- "$IMAGE_FOLDER"
            if [ "$PULL" = never ] || [ "$MAY_PULL" = no ]; then
                [ -e "$file" ] && return
                refuse ErrImageNeverPull "image $IMAGE is not in $IMAGE_FOLDER, and may not be pulled here"
                return
            fi
            if [ -e "$file" ] && { [ "$PULL" = missing ] || [ -e "run/pulled.$key" ]; }; then return; fi
            exec 9>"$file.lock"
            flock 9 || say "images are pulled without a lock: $file.lock cannot be locked"
            if [ ! -e "$file" ] || { [ "$PULL" = always ] && [ ! -e "run/pulled.$key" ]; }; then
                if ! "$APPTAINER" -s pull ${AUTH_FILE:+--authfile "$AUTH_FILE"} --force "$file.$$" "$reference" \
                    >"run/$NAME.pull" 2>&1 </dev/null 9>&-; then
                    rm -f -- "$file.$$"
                    trouble=$(last_complaint <"run/$NAME.pull")
                    case $trouble in
                    *"invalid reference format"* | *"Unsupported transport"*) refuse InvalidImageName "$trouble" ;;
                    *) refuse ErrImagePull "$trouble" ;;
                    esac
                    return
                fi
                mv -f -- "$file.$$" "$file"
                : >"run/pulled.$key"
            fi
            exec 9>&-
        }
        """#
}
