#!/usr/bin/env bash
# Starts the site on http://127.0.0.1:9999, with everything it needs; docs/deploy.md explains it.
#   ./start.sh            serve the site and run its worker
#   ./start.sh test       run every check and test; pytest's arguments may follow
#   ./start.sh worker     run the worker alone, on a further machine
#   ./start.sh container  as serve, behind nginx on port 80: what the image runs
#   ./start.sh install    only make the Python environment; further lock files may follow
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. scripts/settings.sh
. scripts/system.sh
. scripts/python.sh
# Files are UTF-8, whatever the locale says.
export PYTHONUTF8=1

main() {
    local mode=${1:-serve}
    case $mode in
    serve | worker | container) prepare; "$mode" ;;
    install) make_environment requirements.txt "${@:2}" ;;
    test) exec bash .ci/test.sh "${@:2}" ;;
    *) die "Usage: ./start.sh [serve|test|worker|container|install]" ;;
    esac
}

serve() {
    if (: >"/dev/tcp/$BIND/$PORT") 2>/dev/null; then
        die "Something already listens on $BIND:$PORT. Choose another port: PORT=9998 ./start.sh"
    fi
    make_site
    say "onlineocr is at http://$BIND:$PORT/ - stop it with Ctrl-C."
    exec_uwsgi serve
}

container() {
    make_site
    export X_ACCEL_REDIRECT=${X_ACCEL_REDIRECT:-true}
    PATH=$PATH:/usr/sbin    # nginx is there, which is not on every user's path
    exec_uwsgi container
}

# The site that this worker belongs to makes the tables.
worker() {
    python manage.py check >/dev/null    # no waiting with a mistake in the settings
    local output
    until output=$(python manage.py migrate --check --skip-checks 2>&1); do
        say "Waiting for the tables of the site. ${output##*$'\n'}"
        sleep 2
    done
    exec python manage.py worker
}

# exec: signals to this script reach uWSGI itself.
exec_uwsgi() {
    local sections=(--ini uwsgi.ini --ini "uwsgi.ini:$1")
    if [ "$EMBEDDED_WORKER" = true ]; then sections+=(--ini uwsgi.ini:worker); fi
    # Each of the many threads would keep an arena of its own (glibc).
    export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
    exec uwsgi --listen "$(listen_queue)" "${sections[@]}"
}

# As many waiting connections as the system allows; uWSGI does not start with more.
listen_queue() { cat /proc/sys/net/core/somaxconn 2>/dev/null || echo 128; }

prepare() {
    read_settings
    make_environment requirements.txt
    require_languages
    local folder
    for folder in "$DATA_DIR" "$MEDIA_ROOT" "$RUN_DIR"; do
        mkdir -p "$folder" && [ -w "$folder" ] ||
            die "User $(id -un 2>/dev/null || id -u) cannot write to $folder:" \
                "give it to that user, or set another folder."
    done
    # Not touched again: that would reload a site that runs already.
    [ -e "$RUN_DIR/reload" ] || touch "$RUN_DIR/reload"
}

make_site() {
    # The checks that it would run first are run by the worker, meanwhile.
    python manage.py migrate --no-input --verbosity 0 --skip-checks
    collect_static
}

# Settings that uwsgi.ini and this script need; onlineocr/settings.py reads all others.
read_settings() {
    BIND=$(setting BIND 127.0.0.1)
    PORT=$(setting PORT 9999)
    EMBEDDED_WORKER=$(setting EMBEDDED_WORKER true)
    DATA_DIR=$(setting DATA_DIR db)
    MEDIA_ROOT=$(setting MEDIA_ROOT media)
    STATIC_ROOT=$(setting STATIC_ROOT staticfiles)
    RUN_DIR=$(setting RUN_DIR run)
    WEB_PROCESSES=$(setting WEB_PROCESSES 2)
    WEB_THREADS=$(setting WEB_THREADS 32)
    LOG_FORMAT=$(setting LOG_FORMAT line)
    export LOG_FORMAT BIND PORT RUN_DIR STATIC_ROOT WEB_PROCESSES WEB_THREADS
    must_be '[1-9][0-9]*' "a whole number from 1 up" PORT WEB_PROCESSES WEB_THREADS
    must_be 'true|false' "true or false" EMBEDDED_WORKER
}

# Hashed names let browsers keep static files; they are collected again when a source changed.
collect_static() {
    local stamp=$STATIC_ROOT/.collected
    if [ -f "$stamp" ] && [ -z "$(find -H static requirements.txt -newer "$stamp" -print -quit)" ]; then
        return
    fi
    python manage.py collectstatic --no-input --clear --verbosity 0
    touch "$stamp"
}

main "$@"
