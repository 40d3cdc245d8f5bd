#!/usr/bin/env bash
# Everything that can be tested. Installs what is missing; what cannot be had is skipped and
# named at the end, or is a failure when HUIJIE_TEST_SKIP_NOTHING=1.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh

skipped=()
skip() {
    echo "SKIPPED: $1"
    skipped+=("$1")
    if [ "${HUIJIE_TEST_SKIP_NOTHING:-}" = 1 ]; then
        echo "HUIJIE_TEST_SKIP_NOTHING is set: that is a failure." >&2
        exit 1
    fi
}

say "Tests of the program, on SQLite and PostgreSQL"
if scripts/postgres.sh find >/dev/null || { system_packages postgresql && scripts/postgres.sh find >/dev/null; }; then
    export HUIJIE_TEST_REQUIRE_POSTGRES=1
else
    skip "the tests on PostgreSQL: it is not installed and could not be (install the package postgresql)"
fi
cargo test --locked --workspace
built="${CARGO_TARGET_DIR:-target}/debug/huijie"
if [ -x "$built" ]; then
    HUIJIE_TEST_PROGRAM="$(realpath "$built")"
    export HUIJIE_TEST_PROGRAM
fi

say "The API document"
if python_tools && node_tools; then
    scripts/check-openapi.sh
else
    skip "the validators of the API document: they need Python 3.10 with venv, and access to PyPI and npm"
fi

say "The running server against its document (schemathesis)"
if python_tools; then
    scripts/schemathesis.sh
else
    skip "schemathesis: it needs Python 3.10 with venv, and access to PyPI"
fi

if [ "${#skipped[@]}" = 0 ]; then
    say "All tests passed; nothing was skipped."
else
    say "All tests passed, but these were skipped:"
    printf -- '- %s\n' "${skipped[@]}"
fi
