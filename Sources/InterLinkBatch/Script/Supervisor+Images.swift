extension Supervisor {
    static let images = #"""
        # ── Supervisor: images ─────────────────────────────────────────────────────────────────────────────────────────

        # refuse REASON MESSAGE: for runtimes, in runtime_check and runtime_prepare.
        refuse() {
            printf '%s\n' "$1" "$2" >"$REFUSED"
            return 1
        }

        # Reads what was refused into END_REASON and END_MESSAGE; non-zero when nothing was.
        read_refusal() {
            local text
            [ -s "$1" ] || return 1
            text=$(<"$1")
            END_REASON=${text%%$'\n'*} END_MESSAGE=${text#*$'\n'}
        }

        check_runtime() {
            REFUSED=run/check.refused
            rm -f -- "$REFUSED"
            runtime_check
            if read_refusal "$REFUSED"; then end_pod "$END_REASON" "$END_MESSAGE"; fi
        }

        # Makes all images ready before anything starts. A failure is tried again, some times: the job holds its nodes.
        prepare_images() {
            local index
            for ((index = 0; index < COUNT; index++)); do
                [ -z "$ENDING" ] || return 0
                [ -n "${OVER[index]}" ] || prepare_image "$index"
            done
        }

        prepare_image() {
            local index=$1 name=${NAMES[$1]} try wait_until delay=$BACKOFF_FIRST found
            for ((try = 1; ; try++)); do
                rm -f -- "run/$name.refused"
                in_background image_job "$index"
                if until_ended "$CHILD"; then
                    found=$(head -n 1 "run/$name.image" | tr -d '\0')
                    encoded "$found"
                    IMAGE_FOUND[index]=$ENCODED
                    return
                fi
                [ -z "$ENDING" ] || return 0
                read_refusal "run/$name.refused" || {
                    END_REASON=ErrImagePull
                    END_MESSAGE="the image could not be made ready (code $ENDED_WITH)"
                }
                say "image of $name: $END_REASON: $END_MESSAGE"
                waits "$index" "$END_REASON" "$END_MESSAGE"
                if [ "$END_REASON" != ErrImagePull ] || ((try >= IMAGE_ATTEMPTS)); then
                    terminated "$index" 128 "$END_REASON" "$END_MESSAGE"
                    OVER[index]=yes
                    end_pod "$END_REASON" "container $name: $END_MESSAGE"
                    return
                fi
                # As long as Kubernetes calls it ErrImagePull, then ImagePullBackOff.
                pause
                waits "$index" ImagePullBackOff "Back-off pulling image: $END_MESSAGE"
                wait_until=$((CLOCK + delay)) delay=$((delay * 2))
                while ((CLOCK < wait_until)) && [ -z "$ENDING" ]; do
                    pause
                    heed
                done
            done
        }

        image_job() {
            describe "$1"
            REFUSED=run/$NAME.refused
            runtime_prepare "$1" >"run/$NAME.image"
        }
        """#
}
