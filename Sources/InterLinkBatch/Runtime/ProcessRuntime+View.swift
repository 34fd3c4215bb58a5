extension ProcessRuntime {
    /// How a process comes to see its mounts.
    ///
    /// A target that is not there has to be made, and the machine's own folders are not written to. So the deepest folder
    /// that is there is replaced, for this container alone, by one in memory that shows the same things, in which the
    /// missing path can be made. `/` is replaced by `pivot_root`.
    static let view = #"""
        # In a mount namespace: view_main PREFIX UID GID COUNT (SOURCE TARGET MODE)… COMMAND…
        view_main() {
            local prefix=$1 uid=$2 gid=$3 count=$4 source target kind
            local stage=$prefix.view folders=0
            shift 4
            umask 022
            mount -t tmpfs -o mode=0755 tmpfs "$stage" || view_fail "the folder $stage cannot be replaced"
            while ((count > 0)); do
                source=$1 target=$2
                kind="file"
                [ ! -d "$source" ] || kind="folder"
                view_target "$target" "$kind" || view_fail "there can be no $kind at $target"
                mount --rbind -- "$source" "$target" || view_fail "$source cannot be mounted at $target"
                if [ "$3" = ro ]; then
                    mount -o remount,bind,ro -- "$target" || view_fail "$target cannot be made read-only"
                fi
                shift 3
                count=$((count - 3))
            done
            cd /
            : >"$prefix.up"
            # Back to the user's own id, where it was another one and this machine's unshare can.
            if [ "$uid" -ne 0 ] && unshare -U -m --map-user="$uid" --map-group="$gid" true 2>/dev/null; then
                exec env -i unshare -U -m --map-user="$uid" --map-group="$gid" /bin/sh /proc/self/fd/3 "$@"
            fi
            exec env -i /bin/sh /proc/self/fd/3 "$@"
        }

        view_fail() {
            printf '%s\n' CreateContainerError "$1" >&4
            exit 128
        }

        # Makes sure that there is a file or folder to mount on.
        view_target() {
            local path=$1 base=$1
            [ ! -e "$path" ] || return 0
            while [ ! -d "$base" ]; do
                base=${base%/*}
                base=${base:-/}
            done
            view_open "$(readlink -f -- "$base")" || return
            if [ "$2" = folder ]; then
                mkdir -p -- "$path"
            else
                mkdir -p -- "${path%/*}/" && : >"$path"
            fi
        }

        # Makes a folder one in which things can be made.
        view_open() {
            [ "$(stat -c %d -- "$1")" != "$(stat -c %d -- "$stage")" ] || return 0
            folders=$((folders + 1))
            local copy=$stage/$folders
            mkdir -- "$copy" && mount --bind -- "$copy" "$copy" && view_compose "$1" "$copy" || return
            chmod --reference="$1" -- "$copy"
            if [ "$1" != / ]; then
                mount --rbind -- "$copy" "$1"
                return
            fi
            mkdir -- "$copy/.before" && cd -- "$copy" && pivot_root . .before && cd / && umount -l /.before && rmdir /.before
        }

        # view_compose FOLDER COPY: lets COPY show what is in FOLDER.
        view_compose() {
            local folder=${1%/} entry name
            for entry in "$folder"/* "$folder"/.[!.]*; do
                name=${entry##*/}
                if [ -L "$entry" ]; then
                    cp -P -- "$entry" "$2/$name"
                elif [ -d "$entry" ]; then
                    mkdir -- "$2/$name" && mount --rbind -- "$entry" "$2/$name"
                elif [ -e "$entry" ]; then
                    # Of devices, those that programs use; a machine may have hundreds.
                    case $folder/$name in
                    /dev/null | /dev/zero | /dev/full | /dev/random | /dev/urandom | /dev/tty | /dev/ptmx | /dev/fuse) ;;
                    /dev/nvidia* | /dev/kfd) ;;
                    /dev/*) continue ;;
                    esac
                    : >"$2/$name" && mount --bind -- "$entry" "$2/$name"
                fi || return
            done
        }
        """#
}
