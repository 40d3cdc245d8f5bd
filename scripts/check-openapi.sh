#!/usr/bin/env bash
# The API document, for readers that are not ours: the committed files are what the program
# writes, and two independent validators have nothing to say about them.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh
python_tools
node_tools
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

redocly() { "$cache/node/node_modules/.bin/redocly" lint --extends recommended "$@"; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

"${program[@]}" openapi --write "$work" >/dev/null

check() {
    local version="$1" name="$2" file="openapi/$2"
    if ! diff -u "$file" "$work/$name" >"$work/difference"; then
        head -n 40 "$work/difference"
        echo "$file is not what the program writes; \`make openapi\` writes it anew." >&2
        return 1
    fi
    echo "$file: as the program writes it"
    "$cache/python/bin/openapi-spec-validator" --schema "$version" "$file"
    # Redocly counts warnings but succeeds; here one warning is a failure.
    redocly --format json "$file" >"$work/found.json" 2>/dev/null || true
    if ! grep -q '"errors": 0,' "$work/found.json" || ! grep -q '"warnings": 0,' "$work/found.json"; then
        redocly "$file" || true
        echo "$file: Redocly's recommended rules are not met." >&2
        return 1
    fi
    echo "$file: no error and no warning by Redocly's recommended rules"
}

check 3.0 openapi.json
check 3.1 openapi-3.1.json
