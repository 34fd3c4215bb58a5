# shellcheck shell=bash
# The root filesystem of the testbed: made once from its recipe, kept in the cache by the recipe's hash, never changed.

TESTBED=$ROOT/Tests/Testbed
TREES=$CACHE/testbed/trees
MIRROR=${INTERLINK_DEBIAN_MIRROR:-http://deb.debian.org/debian}

# The recipe: everything that decides what is in the tree.
tree_hash() {
    (cd "$TESTBED" && for file in build build-chroot parts/* images/*; do echo "== $file" && cat "$file"; done) |
        sha256sum | cut -c 1-16
}

tree_path() { echo "$TREES/$(tree_hash)"; }

# Makes the tree unless it is there. A tree appears under its name only when it is complete.
tree_make() {
    local tree
    tree=$(tree_path)
    [ -e "$tree" ] && return 0
    need_packages debootstrap debian-archive-keyring util-linux
    mkdir -p "$TREES"
    (
        exec 9>"$TREES/.lock"
        flock 9
        [ -e "$tree" ] && exit 0
        tree_collect
        rm -rf --one-file-system "$TREES"/building.*
        say "Making the testbed from Debian's packages (once, some minutes)"
        building=$TREES/building.$$
        mkdir "$building"
        # Its mounts and processes are in namespaces of their own, so nothing of them is left, however this ends.
        unshare --mount --pid --fork --kill-child --uts --ipc --propagation private \
            "$TESTBED/build" "$building" "$MIRROR" 9>&- >"$TREES/build.log" 2>&1 || {
            tail -n 15 "$TREES/build.log" >&2
            rm -rf --one-file-system "$building"
            fail "the testbed could not be made" "All of its log is in $TREES/build.log"
        }
        mv "$building" "$tree"
    )
}

# Removes trees of other recipes that nothing uses and nobody has used for a week.
tree_collect() {
    local old
    for old in "$TREES"/*/; do
        old=${old%/}
        if [ -d "$old" ] && [ -n "$(find "$old.used" -mtime +7 2>/dev/null)" ]; then
            # A machine that runs on it holds the lock.
            flock --exclusive --nonblock "$old.used" rm -rf --one-file-system "$old" && rm -f "$old.used"
        fi
    done
}
