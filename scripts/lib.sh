# shellcheck shell=bash
# What the scripts share: where things are, what is installed, and where the time goes.

# shellcheck disable=SC2034 # for those who source this
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/interlink-swift-sdk
OLDEST_SWIFT=6.3
DEBIAN_PACKAGES=(libcurl4-openssl-dev libyaml-dev libsqlite3-dev zlib1g-dev pkg-config)

# A crash must not start the interactive backtracer: it can hang for minutes holding our pipes.
export SWIFT_BACKTRACE=enable=no

say() { printf '\n\033[1m%s\033[0m\n' "$*" >&2; }

fail() {
    printf '\nerror: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# need_packages NAME...: installs what is missing of these Debian packages.
need_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || fail "these libraries are needed: ${missing[*]}" \
        "This is not Debian or Ubuntu, so they cannot be installed from here." \
        "Install your system's packages of the same libraries, then run this again."
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        { command -v sudo >/dev/null && sudo -n true 2>/dev/null; } || fail "these Debian packages are needed: ${missing[*]}" \
            "Run this as root once, or install them: sudo apt-get install ${missing[*]}"
        sudo=(sudo -n)
    fi
    say "Installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq >/dev/null
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null ||
        fail "apt-get could not install ${missing[*]}" "Its messages stand above."
}

need_swift() {
    command -v swift >/dev/null || fail "Swift is not installed, or not in PATH" \
        "Install Swift $OLDEST_SWIFT or later from https://www.swift.org/install/linux and add its usr/bin to PATH."
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    [ "$(printf '%s\n%s\n' "$OLDEST_SWIFT" "$version" | sort -V | head -n 1)" = "$OLDEST_SWIFT" ] ||
        fail "Swift $version is too old" "Swift $OLDEST_SWIFT or later is needed: https://www.swift.org/install/linux"
}

# need_python PACKAGE...: a virtual environment in the cache that has these packages of PyPI; its bin in PATH.
need_python() {
    local venv=$CACHE/venv name
    if [ ! -x "$venv/bin/pip" ]; then
        python3 -m venv "$venv" 2>/dev/null || {
            need_packages python3 python3-venv
            python3 -m venv "$venv"
        }
    fi
    for name in "$@"; do
        "$venv/bin/pip" show -q "${name%%=*}" 2>/dev/null || {
            say "Installing $name from PyPI"
            "$venv/bin/pip" install -q --disable-pip-version-check "$name"
        }
    done
    PATH=$venv/bin:$PATH
}

# Sets up what every build needs.
setup() {
    need_swift
    need_packages "${DEBIAN_PACKAGES[@]}"
}

# step NAME COMMAND...: runs a command and remembers how long it took.
STEP_NAMES=()
STEP_SECONDS=()
step() {
    local name=$1 start=$SECONDS
    shift
    say "$name"
    "$@" || {
        step_table
        fail "$name: failed" "The command was: $*"
    }
    STEP_NAMES+=("$name")
    STEP_SECONDS+=($((SECONDS - start)))
}

step_table() {
    local index total=0
    printf '\n%-44s %8s\n' "step" "seconds"
    for index in "${!STEP_NAMES[@]}"; do
        printf '%-44s %8d\n' "${STEP_NAMES[$index]}" "${STEP_SECONDS[$index]}"
        total=$((total + STEP_SECONDS[index]))
    done
    printf '%-44s %8d\n' "total" "$total"
}
