#!/usr/bin/env bash
# Generated requests by a logged-in director against a running server with demo data: no server
# error, no answer that the document does not describe. Bounded in time; every run draws the same
# requests, HUIJIE_TEST_SEED=N draws others.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh
python_tools
command -v curl >/dev/null || system_packages curl

password="Schemathesis-2026"
limit=360 # seconds
work="$(mktemp -d)"
server=
clean_up() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT

explain() {
    echo "$1" >&2
    tail -n 40 "$work/server.log" >&2
    exit 1
}

export HUIJIE_DATA_DIR="$work/data"
unset HUIJIE_DATABASE_URL HUIJIE_SETTINGS
echo "Making a station with 40 cases …"
quietly "${program[@]}" demo --cases 40 --password "$password"

port="$("$cache/python/bin/python" -c 'import socket
with socket.socket() as it:
    it.bind(("127.0.0.1", 0))
    print(it.getsockname()[1])')"
url="http://127.0.0.1:$port"
# `cargo run` becomes the program, so this is the server's process.
HUIJIE_LISTEN="127.0.0.1:$port" HUIJIE_LOG=warn "${program[@]}" serve >"$work/server.log" 2>&1 &
server=$!
curl --silent --fail --output /dev/null --retry 60 --retry-delay 1 --retry-all-errors "$url/ready" ||
    explain "The server does not become ready."

token="$(curl --silent --fail "$url/api/v1/auth/login" -H 'content-type: application/json' \
    -d "{\"username\": \"director\", \"password\": \"$password\"}" |
    sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p' || true)"
[ -n "$token" ] || explain "The director cannot log in."

# What exists, for schemathesis.toml: one quoted id a line.
for noun in cases hearings; do
    curl --silent --fail -H "Authorization: Bearer $token" "$url/api/v1/$noun?limit=100" |
        "$cache/python/bin/python" -c 'import json, sys
for item in json.load(sys.stdin)["items"]:
    print(json.dumps(item["id"]))' >"$work/$noun"
done
cp scripts/schemathesis.toml "$work/"

echo "Reading calendars with a parser that is not ours …"
while read -r id; do
    id="${id//\"/}"
    curl --silent --fail -H "Authorization: Bearer $token" "$url/api/v1/hearings/$id/calendar"
    printf '\n--\n'
done <"$work/hearings" | "$cache/python/bin/python" scripts/calendars.py

# Logging out and changing the password end the session that the other requests need; tests/it
# has them. When the time is over, what was found until then is told.
code=0
timeout --signal INT --kill-after 30 --preserve-status "$limit" \
    "$cache/python/bin/schemathesis" --no-color --config-file "$work/schemathesis.toml" \
    run "$url/api/v1/openapi.json" \
    --header "Authorization: Bearer $token" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
    --exclude-operation-id log_out --exclude-operation-id change_my_password \
    --max-examples 30 --seed "${HUIJIE_TEST_SEED:-20260302}" --generation-database none \
    --continue-on-failure --request-timeout 20 --warnings off || code=$?

if [ "$code" != 0 ]; then
    explain "schemathesis found something; above is what, below the last lines of the server's log."
fi
# A session that was lost on the way would have made all later answers a documented 401.
curl --silent --fail --output /dev/null -H "Authorization: Bearer $token" "$url/api/v1/me" ||
    explain "The director's session did not survive the run, so it tested too little."
