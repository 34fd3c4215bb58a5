extension ApptainerRuntime {
    /// What the image's makers wanted, from the OCI configuration that a SIF carries.
    static let imageConfiguration = #"""
        # Writes run/NAME.entrypoint, .cmd and .variables, each entry ended by NUL, and .folder. An image that
        # was not made from a registry's has no such configuration: then run/NAME.oci is not there.
        read_image_configuration() {
            local id file
            for file in oci entrypoint cmd variables folder; do rm -f -- "run/$NAME.$file"; done
            [ -f "$IMAGE_PATH" ] || return 0
            for id in $("$APPTAINER" sif list "$IMAGE_PATH" 2>/dev/null | sed -n 's/^\([0-9]*\) .*JSON.Generic.*/\1/p'); do
                "$APPTAINER" sif info "$id" "$IMAGE_PATH" 2>/dev/null | grep -q 'Name: *oci-config.json' || continue
                "$APPTAINER" sif dump "$id" "$IMAGE_PATH" >"run/$NAME.oci" 2>/dev/null || continue
                : >"run/$NAME.entrypoint"
                : >"run/$NAME.cmd"
                : >"run/$NAME.variables"
                split_configuration "$(tr -d '\0' <"run/$NAME.oci")"
                return
            done
        }

        # split_configuration JSON: an object whose members are strings, lists of strings, or of no interest.
        split_configuration() {
            local text=$1 depth=0 key='' token in_list=no
            while [ -n "$text" ]; do
                case ${text:0:1} in
                '"')
                    [[ $text =~ ^\"(([^\"\\]|\\.)*)\" ]] || return 0
                    token=${BASH_REMATCH[1]}
                    text=${text:${#BASH_REMATCH[0]}}
                    if ((depth == 1)) && [[ $text =~ ^[[:space:]]*: ]]; then
                        key=$token
                        text=${text:${#BASH_REMATCH[0]}}
                    elif ((depth == 1)); then
                        [ "$key" != WorkingDir ] || json_text "$token" >"run/$NAME.folder"
                    elif ((depth == 2)) && [ "$in_list" = yes ]; then
                        case $key in
                        Entrypoint) json_text "$token" >>"run/$NAME.entrypoint" ;;
                        Cmd) json_text "$token" >>"run/$NAME.cmd" ;;
                        Env) json_text "$token" >>"run/$NAME.variables" ;;
                        esac
                    fi
                    continue
                    ;;
                '[' | '{')
                    depth=$((depth + 1))
                    if ((depth == 2)); then
                        in_list=no
                        [ "${text:0:1}" != '[' ] || in_list=yes
                    fi
                    ;;
                ']' | '}') depth=$((depth - 1)) ;;
                esac
                text=${text:1}
            done
        }

        # json_text ESCAPED: prints what a string of JSON stands for, ended by NUL.
        json_text() {
            local text=$1 code low
            while [[ $text == *\\* ]]; do
                printf '%s' "${text%%\\*}"
                text=${text#*\\}
                case ${text:0:1} in
                n) printf '\n' ;;
                t) printf '\t' ;;
                r) printf '\r' ;;
                b) printf '\b' ;;
                f) printf '\f' ;;
                u)
                    code=$((16#${text:1:4}))
                    text=${text:4}
                    if ((code >= 0xD800 && code < 0xDC00)) && [[ $text == ?\\u* ]]; then
                        low=$((16#${text:3:4}))
                        code=$((0x10000 + ((code - 0xD800) << 10) + low - 0xDC00))
                        text=${text:6}
                    fi
                    utf8 "$code"
                    ;;
                *) printf '%s' "${text:0:1}" ;;
                esac
                text=${text:1}
            done
            printf '%s\0' "$text"
        }

        utf8() {
            local bytes
            if (($1 < 0x80)); then
                printf -v bytes '\\x%x' "$1"
            elif (($1 < 0x800)); then
                printf -v bytes '\\x%x\\x%x' $((0xC0 | $1 >> 6)) $((0x80 | $1 & 0x3F))
            elif (($1 < 0x10000)); then
                printf -v bytes '\\x%x\\x%x\\x%x' $((0xE0 | $1 >> 12)) $((0x80 | $1 >> 6 & 0x3F)) $((0x80 | $1 & 0x3F))
            else
                printf -v bytes '\\x%x\\x%x\\x%x\\x%x' $((0xF0 | $1 >> 18)) $((0x80 | $1 >> 12 & 0x3F)) \
                    $((0x80 | $1 >> 6 & 0x3F)) $((0x80 | $1 & 0x3F))
            fi
            printf '%b' "$bytes"
        }
        """#
}
