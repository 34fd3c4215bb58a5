# shellcheck shell=bash
# The Local plugin as a service in a folder of its own, in a runtime. To be sourced after scripts/lib.sh, in the checkout.

. Tests/Testbed/tree.sh
. Tests/Testbed/machine.sh

# The folder, and what starts a command where the plugin runs.
PLUGIN_FOLDER=
PLUGIN_PLACE=()

# plugin_prepare process|apptainer BIN: all but the start.
plugin_prepare() {
    local runtime=$1 bin=$2
    case $runtime in
    process) PLUGIN_FOLDER=$(mktemp -d /tmp/local-checks.XXXX) ;;
    apptainer)
        "$ROOT/scripts/testbed" up >/dev/null
        PLUGIN_FOLDER=$(mktemp -d "$MACHINE_WORK/local-checks.XXXX")
        PLUGIN_PLACE=("$ROOT/scripts/testbed" shell)
        ;;
    *) fail "the runtime is process or apptainer, not $runtime" ;;
    esac
    trap plugin_remove EXIT
    chmod 755 "$PLUGIN_FOLDER"
    mkdir "$PLUGIN_FOLDER"/{records,jobs,local}
    cat >"$PLUGIN_FOLDER/config.yaml" <<YAML
listen: { unix: { path: $PLUGIN_FOLDER/plugin.sock } }
state: { folder: $PLUGIN_FOLDER/records }
workspace: { root: $PLUGIN_FOLDER/jobs }
runtime: { kind: $runtime }
local: { folder: $PLUGIN_FOLDER/local, running: 64, cpus: 64 }
YAML
    printf '#!/bin/sh\nexec %s\n' "${PLUGIN_PLACE[*]} $bin/interlink-local --config $PLUGIN_FOLDER/config.yaml" \
        >"$PLUGIN_FOLDER/start"
    chmod 755 "$PLUGIN_FOLDER/start"
    # Inside the testbed the plugin is the ordinary user there.
    [ "$runtime" = process ] || chown -R 1000:1000 "$PLUGIN_FOLDER"
}

plugin_remove() {
    "$ROOT/Tests/LocalChecks/service" stop "$PLUGIN_FOLDER"
    [ -n "${KEEP-}" ] || rm -rf --one-file-system "$PLUGIN_FOLDER"
}
