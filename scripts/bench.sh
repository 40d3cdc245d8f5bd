#!/usr/bin/env bash
# Measures the server beside its references, on SQLite and PostgreSQL; docs/benchmarks.md says
# how to read the table. Server and references run on core 0, load generator and PostgreSQL on
# core 1, all on loopback. Everything that is measured is repeated in rounds, one after the
# other, so that a disturbance meets all of it.
#
#   BENCH_ROUNDS=5  BENCH_SECONDS=5  BENCH_CASES=100000  BENCH_DATABASES="sqlite postgres"
#   BENCH_ONLY=recount measures nothing but the counting of deadlines after a new calendar,
#   BENCH_ONLY=town nothing but search, suggestions and calendars, with BENCH_TOWNS="100000 1000000"
#   cases (the larger one takes its time), BENCH_ONLY=papers nothing but papers, uploads and long files.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh
unset "${!HUIJIE_@}"

rounds="${BENCH_ROUNDS:-5}"
seconds="${BENCH_SECONDS:-5}"
many="${BENCH_CASES:-100000}"
databases="${BENCH_DATABASES:-sqlite postgres}"
towns="${BENCH_TOWNS:-100000}"
# The release nearest to the one that the program is built with.
typst_package="typst==0.15.2"
on_server_core=(taskset -c 0)
on_other_core=(taskset -c 1)

missing() {
    echo "$1" >&2
    exit 1
}

[ "$(nproc)" -ge 2 ] || missing "Server and load generator need a core each; there is one."
command -v wrk >/dev/null || system_packages wrk || missing "wrk is missing (package wrk)."
scripts/postgres.sh find >/dev/null || system_packages postgresql ||
    missing "PostgreSQL is missing (package postgresql)."
programs="$(scripts/postgres.sh find)"

work="$(mktemp -d "${TMPDIR:-/tmp}/huijie-bench.XXXXXX")"
processes=()
clean_up() {
    local process
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    exec 9>&- # what PostgreSQL waits for
    wait
    rm -rf "$work"
}
trap clean_up EXIT

say "Building"
cargo build --locked --release --bin huijie --bench reference \
    --message-format=json-render-diagnostics >"$work/build.json"
program() { sed -n "s/.*\"executable\":\"\([^\"]*\/$1[^\"\/]*\)\".*/\1/p" "$work/build.json" | tail -n 1; }
huijie="$(program huijie)"
reference="$(program reference)"

say "PostgreSQL"
mkfifo "$work/hold"
"${on_other_core[@]}" scripts/postgres.sh run <"$work/hold" >"$work/postgres" &
exec 9>"$work/hold"
until [ -s "$work/postgres" ]; do sleep 0.1; done
read -r state postgres <"$work/postgres"
[ "$state" = ready ] || missing "PostgreSQL does not start: $postgres"
postgres="${postgres%/*}"

# The arguments that name a database: none for SQLite.
url_of() {
    if [ "$1" = postgres ]; then echo "$postgres/$2"; fi
}
new_database() {
    if [ "$1" = postgres ]; then "$programs/createdb" --maintenance-db "$postgres/postgres" "$2"; fi
}

# start NAME DIRECTORY [URL]: sets `address` and `process`.
start() {
    local url=() output line
    if [ -n "${3:-}" ]; then url=(--database-url "$3"); fi
    exec {output}< <(exec 9>&- "${on_server_core[@]}" "$huijie" serve --data-dir "$2" \
        --listen 127.0.0.1:0 --access-token-minutes 60 --sweep-minutes 1440 "${url[@]}" 2>"$work/$1.log")
    process=$!
    processes+=("$process")
    while read -r line <&"$output"; do
        case "$line" in
        *"serving on http://"*) address="http://${line#*http://}" && return ;;
        esac
    done
    cat "$work/$1.log" >&2
    missing "The server does not start."
}
stop() {
    kill "$1"
    while kill -0 "$1" 2>/dev/null; do sleep 0.05; done
}

mkdir "$work/results"
keep() { echo "$2" >>"$work/results/$1"; }

# Processor time of a process so far, in microseconds.
processor_time() {
    local fields
    read -r -a fields <"/proc/$1/stat"
    echo $(((fields[13] + fields[14]) * 1000000 / $(getconf CLK_TCK)))
}

# load NAME ADDRESS PROCESS CONNECTIONS KIND STATION [PERSON]: keeps requests a second and the
# server's processor time for each.
load() {
    local before after result
    before="$(processor_time "$3")"
    result="$(BENCH_RUN="$1-$RANDOM$RANDOM$RANDOM" "${on_other_core[@]}" wrk -t1 -c"$4" -d"${seconds}s" \
        -s scripts/bench.lua "$2" -- "$5" "$6" "${@:7}" | sed -n 's/^result //p')"
    after="$(processor_time "$3")"
    read -r -a result <<<"$result"
    [ "${result[2]}" = 0 ] || missing "$1: ${result[2]} of ${result[0]} answers were not good."
    keep "$1" "$(awk "BEGIN { print ${result[0]} / ${result[1]} }")"
    keep "$1.processor" $(((after - before) / (result[0] > 0 ? result[0] : 1)))
    keep "$1.p99" "${result[4]}"
}
# replay NAME KIND STATION CONNECTIONS [URL]
replay() {
    keep "$1" "$("${on_server_core[@]}" "$reference" replay "$2" "$3" "$4" "$seconds" \
        "$work/statements.json" "${@:5}")"
}

new_database postgres recorded
"$reference" record "$work/statements.json" "$(url_of postgres recorded)"

measure() {
    local database="$1" name size round connections bare
    say "Preparing $database: ${many} cases"
    local -A at pid
    for name in large small write raw; do
        size=1000
        if [ "$name" = large ]; then size="$many"; fi
        new_database "$database" "$name"
        # shellcheck disable=SC2046 # no URL is no argument
        "$reference" prepare "$work/$database-$name" "$size" "$work/statements.json" $(url_of "$database" "$name")
        if [ "$name" != raw ]; then
            start "$database-$name" "$work/$database-$name" "$(url_of "$database" "$name")"
            at[$name]="$address"
            pid[$name]="$process"
        fi
    done

    # The answer that poem alone gives is the one that the server gives.
    curl --silent --fail --include -H "Authorization: Bearer $(cat "$work/$database-large/clerk0.token")" \
        "${at[large]}/api/v1/cases/$(head -n 1 "$work/$database-large/cases.txt")" >"$work/answer"
    bare="127.0.0.1:$((${at[large]##*:} % 10000 + 21000))"
    "${on_server_core[@]}" "$reference" bare "$bare" "$work/answer" 9>&- &
    local bare_process=$!
    processes+=("$bare_process")
    until curl --silent --output /dev/null "http://$bare/"; do sleep 0.1; done

    for round in $(seq "$rounds"); do
        say "$database, round $round of $rounds"
        load "$database-bare" "http://$bare" "$bare_process" 32 read "$work/$database-large"
        load "$database-read" "${at[large]}" "${pid[large]}" 32 read "$work/$database-large"
        # shellcheck disable=SC2046
        replay "$database-raw-read" read "$work/$database-large" 8 $(url_of "$database" large)
        load "$database-list-small" "${at[small]}" "${pid[small]}" 16 list "$work/$database-small"
        load "$database-list-large" "${at[large]}" "${pid[large]}" 16 list "$work/$database-large"
        for name in mediator0 director; do
            load "$database-list-$name-small" "${at[small]}" "${pid[small]}" 16 list "$work/$database-small" "$name"
            load "$database-list-$name-large" "${at[large]}" "${pid[large]}" 16 list "$work/$database-large" "$name"
        done
        for connections in 4 16; do
            load "$database-create-$connections" "${at[write]}" "${pid[write]}" "$connections" create "$work/$database-write"
            # shellcheck disable=SC2046
            replay "$database-raw-create-$connections" create "$work/$database-raw" "$connections" $(url_of "$database" raw)
        done
    done
    for name in "${pid[@]}" "$bare_process"; do stop "$name"; done
}

# Every deadline of many cases counted again after a new calendar, while the server answers.
measure_recount() {
    local database="$1" station="$work/$1-clocks" begun importing rows
    local -a url=()
    say "Counting again on $database: ${many} cases"
    new_database "$database" clocks
    # shellcheck disable=SC2046
    "$reference" prepare "$station" "$many" "$work/statements.json" $(url_of "$database" clocks)
    # shellcheck disable=SC2046
    rows="$("$reference" clocks "$station" $(url_of "$database" clocks))"
    start "$database-clocks" "$station" "$(url_of "$database" clocks)"
    if [ "$database" = postgres ]; then url=(--database-url "$(url_of "$database" clocks)"); fi
    # The server looks through everything once when it starts.
    while "$huijie" sweep --data-dir "$station" "${url[@]}" | grep -q "^Another process"; do sleep 0.5; done
    begun="${EPOCHREALTIME/[.,]/}"
    "$huijie" calendar import benches/reference/2027.json --data-dir "$station" "${url[@]}" \
        >"$work/$database-import.txt" &
    importing=$!
    (
        while kill -0 "$importing" 2>/dev/null; do
            sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$importing/status" >"$work/peak" 2>/dev/null || true
            if [ -s "$work/peak" ]; then cp "$work/peak" "$work/$database-peak"; fi
            sleep 0.2
        done
    ) &
    load "$database-during" "$address" "$process" 4 list "$station"
    wait "$importing"
    keep "$database-recount" "$(((${EPOCHREALTIME/[.,]/} - begun) / 1000000))"
    keep "$database-recount-rows" "$rows"
    keep "$database-recount-peak" "$(awk '{ printf "%.1f", $1 / 1024 }' "$work/$database-peak")"
    tail -n 1 "$work/$database-import.txt"
    stop "$process"
}

# Search, suggestions and a month of hearings, one question after another.
measure_town() {
    local database="$1" size="$2" station="$work/$1-town-$2" begun name what
    local -a url=()
    say "A town on $database: $size cases"
    new_database "$database" "town$size"
    if [ "$database" = postgres ]; then url=(--database-url "$(url_of postgres "town$size")"); fi
    # shellcheck disable=SC2046
    "$reference" town "$station" "$size" $(url_of "$database" "town$size")
    begun="${EPOCHREALTIME/[.,]/}"
    "$huijie" search rebuild --data-dir "$station" "${url[@]}" >"$work/rebuilt"
    keep "$database-town-$size-rebuild" "$(((${EPOCHREALTIME/[.,]/} - begun) / 1000000))"
    # PostgreSQL learns what is in its new index; the rest of the town it knows.
    if [ "$database" = postgres ]; then
        "$programs/psql" --quiet --dbname "$(url_of postgres "town$size")" --command "VACUUM ANALYZE search_terms, search_documents"
    fi
    start "$database-town-$size" "$station" "$(url_of "$database" "town$size")"
    for name in clerk0 director; do
        for what in 2 3 6 month; do
            keep "$database-town-$size-$name-$what" \
                "$("${on_other_core[@]}" "$reference" ask "$address" "$station" "$name" "$what" 200)"
        done
    done
    keep "$database-town-$size-director-suggestion" \
        "$("${on_other_core[@]}" "$reference" ask "$address" "$station" director suggestion 100)"
    stop "$process"
}

town_rows() {
    local database size name what title
    printf '\n**Search, suggestions and calendars, one question after another, milliseconds**\n\n'
    echo '| database | cases | what | median | p95 | longest |'
    echo '|---|---|---|---|---|---|'
    for database in $databases; do
        for size in $towns; do
            for name in clerk0 director; do
                for what in 2 3 6 month suggestion; do
                    [ -f "$work/results/$database-town-$size-$name-$what" ] || continue
                    case "$what" in
                    month) title="hearings of a month, 200 a page, ${name%0}" ;;
                    suggestion) title="suggestion among 200 mediators, kept with its proof" ;;
                    *) title="search with $what characters, ${name%0}" ;;
                    esac
                    # shellcheck disable=SC2046
                    printf '| %s | %s | %s | %s | %s | %s |\n' "$database" "$size" "$title" \
                        $(cat "$work/results/$database-town-$size-$name-$what")
                done
            done
            printf '| %s | %s | index made again, seconds | %s | – | – |\n' "$database" "$size" \
                "$(cat "$work/results/$database-town-$size-rebuild")"
        done
    done
}

# The most memory a process has had, in megabytes.
peak_of() { awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }

# One agreement, by us and by others; a paper through the server; many uploads; a long file.
measure_papers() {
    local station="$work/papers" paper="$work/paper" python="$cache/python/bin/python" round begun
    say "Papers and files"
    command -v soffice >/dev/null || system_packages libreoffice-writer-nogui ||
        missing "LibreOffice is missing (package libreoffice-writer-nogui)."
    python_tools || missing "Python 3.10 with venv is missing."
    "$python" -c 'import typst' 2>/dev/null || quietly "$python" -m pip install "$typst_package"
    keep paper "$("${on_server_core[@]}" "$reference" paper "$paper" 300)"
    cp documents/templates/*.typ "$paper"
    for round in $(seq 0 "$rounds"); do
        begun="${EPOCHREALTIME/[.,]/}"
        HOME="$work" "${on_server_core[@]}" soffice --headless --convert-to pdf --outdir "$paper" \
            "$paper/agreement.docx" >/dev/null 2>&1
        # The first one makes a profile.
        if [ "$round" != 0 ]; then keep paper-office $(((${EPOCHREALTIME/[.,]/} - begun) / 1000)); fi
        begun="${EPOCHREALTIME/[.,]/}"
        "${on_server_core[@]}" "$python" -c "import typst; typst.compile('$paper/paper.typ', \
            output='$paper/typst.pdf', root='$paper', font_paths=['documents/fonts'], \
            ignore_system_fonts=True, pdf_standards='a-2b')"
        if [ "$round" != 0 ]; then keep paper-typst $(((${EPOCHREALTIME/[.,]/} - begun) / 1000)); fi
    done
    "$reference" prepare "$station" 300 "$work/statements.json"
    start papers "$station"
    keep paper-served "$("${on_other_core[@]}" "$reference" ask "$address" "$station" director paper 250)"
    keep paper-peak "$(peak_of "$process")"
    stop "$process"
    start uploads "$station"
    keep uploads "$("${on_other_core[@]}" "$reference" uploads "$address" "$station" 100 20)"
    keep uploads-peak "$(peak_of "$process")"
    stop "$process"
    "$reference" prepare "$work/volume" 1 "$work/statements.json"
    start volume "$work/volume"
    keep volume "$("${on_other_core[@]}" "$reference" volume "$address" "$work/volume" 80 300)"
    keep volume-peak "$(peak_of "$process")"
    stop "$process"
}

papers_rows() {
    local -a figures
    printf '\n**Papers and files**\n\n| what | figure | target |\n|---|---|---|\n'
    read -r -a figures <"$work/results/paper"
    echo "| one agreement of 40 terms as PDF/A, warm | median ${figures[0]} ms, p95 ${figures[1]} ms | < 30 ms |"
    echo "| the same by typst's own compiler, a process each | $(median paper-typst) ms | – |"
    echo "| its DOCX made into a PDF by LibreOffice, a process each | $(median paper-office) ms | – |"
    read -r -a figures <"$work/results/paper-served"
    echo "| an application over HTTP: PDF, DOCX, kept with its hashes | median ${figures[0]} ms, p95 ${figures[1]} ms | – |"
    echo "| most memory of the server doing so | $(median paper-peak) MB | – |"
    read -r -a figures <"$work/results/uploads"
    echo "| 100 uploads of 20 MB at once | ${figures[0]} s, ${figures[1]} MB a second | – |"
    echo "| most memory of the server doing so | $(median uploads-peak) MB | bounded |"
    read -r -a figures <"$work/results/volume"
    echo "| a case file of ${figures[1]} pages with ${figures[3]} scans, ${figures[2]} MB | ${figures[0]} s | – |"
    echo "| most memory of the server, also receiving the scans | $(median volume-peak) MB | bounded |"
}

# Start to the first answer, and memory, with the demo's station.
measure_start() {
    local begun line port token round
    say "Start and memory"
    "$huijie" demo --data-dir "$work/demo" --password Bench-Station-2026 >"$work/demo.txt"
    for round in $(seq "$rounds"); do
        for name in demo "new-$round"; do
            begun="${EPOCHREALTIME/[.,]/}"
            start "start-$name" "$work/$name"
            port="${address##*:}"
            exec 8<>"/dev/tcp/127.0.0.1/$port"
            printf 'GET /ready HTTP/1.0\r\n\r\n' >&8
            read -r line <&8
            exec 8>&-
            case "$line" in *" 200 "*) ;; *) missing "The first answer is $line" ;; esac
            keep "start-${name%-*}" $(((${EPOCHREALTIME/[.,]/} - begun) / 1000))
            if [ "$name" = demo ]; then
                keep memory "$(awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$process/status")"
                token="$(curl --silent --fail "$address/api/v1/auth/login" -H 'content-type: application/json' \
                    -d '{"username": "director", "password": "Bench-Station-2026"}' |
                    sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p')"
                printf '%s' "$token" >"$work/demo/director.token"
                load demo-list "$address" "$process" 16 list "$work/demo" director
                keep memory-loaded "$(awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$process/status")"
            fi
            stop "$process"
        done
    done
}

median() { sort -g "$work/results/$1" | awk '{ it[NR] = $1 } END { print it[int((NR + 1) / 2)] }'; }
# The middle of the rounds' own ratios.
ratio() {
    paste "$work/results/$1" "$work/results/$2" | awk '{ print $1 / $2 }' | sort -g |
        awk '{ it[NR] = $1 } END { printf "%.3f", it[int((NR + 1) / 2)] }'
}
# row WHAT NAME REFERENCE TARGET
row() {
    printf '| %s | %.0f | %s | %s | %.0f | %s | %s |\n' "$1" "$(median "$2")" "$(median "$2.processor")" \
        "$(median "$2.p99")" "$(median "$3")" "$(ratio "$2" "$3")" "$4"
}

if [ "${BENCH_ONLY:-}" = recount ]; then
    for database in $databases; do measure_recount "$database"; done
elif [ "${BENCH_ONLY:-}" = town ]; then
    for database in $databases; do
        for size in $towns; do measure_town "$database" "$size"; done
    done
    town_rows
    exit 0
elif [ "${BENCH_ONLY:-}" = papers ]; then
    measure_papers
    papers_rows
    exit 0
else
    for database in $databases; do
        measure "$database"
        measure_recount "$database"
        for size in $towns; do measure_town "$database" "$size"; done
    done
    measure_papers
    measure_start
fi

recount_rows() {
    printf '\n**Counting again after a new calendar, %s cases**\n\n' "$many"
    echo '| database | deadlines | seconds | peak memory of the process | lists meanwhile, a second | p99 ms |'
    echo '|---|---|---|---|---|---|'
    for database in $databases; do
        printf '| %s | %s | %s | %s MB | %.0f | %s |\n' "$database" "$(median "$database-recount-rows")" \
            "$(median "$database-recount")" "$(median "$database-recount-peak")" \
            "$(median "$database-during")" "$(median "$database-during.p99")"
    done
}
if [ "${BENCH_ONLY:-}" = recount ]; then
    recount_rows
    exit 0
fi

say "Figures: $(date +%F), $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), medians of $rounds rounds of $seconds s"
for database in $databases; do
    printf '\n**%s**\n\n' "$database"
    echo '| what | a second | processor µs | p99 ms | reference, a second | ratio | target |'
    echo '|---|---|---|---|---|---|---|'
    row "case read, 32 connections, beside bare poem" "$database-read" "$database-bare" "≥ 0.25"
    row "the same, beside its statements alone" "$database-read" "$database-raw-read" "–"
    fast="–"
    if [ "$database" = sqlite ]; then fast="≥ 1500/s"; fi
    row "list of 50, office, at $many cases, beside 1000" "$database-list-large" "$database-list-small" "≥ 0.77; $fast"
    for name in mediator0 director; do
        row "list of 50, ${name%0}, the same" "$database-list-$name-large" "$database-list-$name-small" "≥ 0.77; $fast"
    done
    for connections in 4 16; do
        row "create, $connections connections, beside its statements alone" "$database-create-$connections" \
            "$database-raw-create-$connections" "≥ 0.90"
    done
done
printf '\n**start and memory, the demo on SQLite**\n\n| what | figure | target |\n|---|---|---|\n'
echo "| start to first answer | $(median start-demo) ms | < 300 ms |"
echo "| the same at the first run, with schema and keys to make | $(median start-new) ms | – |"
echo "| resident after the start | $(median memory) MB | < 60 MB |"
echo "| resident after lists under load | $(median memory-loaded) MB | – |"
recount_rows
town_rows
papers_rows
