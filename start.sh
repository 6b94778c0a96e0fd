#!/usr/bin/env bash
# Install everything the site needs and serve it on http://127.0.0.1:9999; see docs/deploy.md.
#   ./start.sh            serve the site and run its worker
#   ./start.sh test       run every check and test; pytest's arguments may follow
#   ./start.sh worker     run only the worker, on another machine
#   ./start.sh container  like serve, behind nginx on port 80: the image's entry point
#   ./start.sh install    only make the Python environment; more lock files may follow
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. scripts/settings.sh
. scripts/system.sh
. scripts/python.sh
# Files are UTF-8, whatever the locale.
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
    PATH=$PATH:/usr/sbin    # nginx's folder, which is not in every user's PATH
    exec_uwsgi container
}

# Waits for the tables, which the site creates.
worker() {
    python manage.py check >/dev/null    # fail at once on invalid settings
    local output
    until output=$(python manage.py migrate --check --skip-checks 2>&1); do
        say "Waiting for the tables of the site. ${output##*$'\n'}"
        sleep 2
    done
    exec python manage.py worker
}

# exec, so that signals to this script reach uWSGI itself.
exec_uwsgi() {
    local sections=(--ini uwsgi.ini --ini "uwsgi.ini:$1")
    if [ "$EMBEDDED_WORKER" = true ]; then sections+=(--ini uwsgi.ini:worker); fi
    # Otherwise glibc gives each of the many threads a memory arena of its own.
    export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
    exec uwsgi --listen "$(listen_queue)" "${sections[@]}"
}

# The most waiting connections that the system allows; uWSGI refuses to start with more.
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
    # Do not touch an existing file: that would reload a running site.
    [ -e "$RUN_DIR/reload" ] || touch "$RUN_DIR/reload"
}

make_site() {
    # Skip the system checks here: the worker runs them meanwhile.
    python manage.py migrate --no-input --verbosity 0 --skip-checks
    collect_static
}

# Reads the settings for uwsgi.ini and this script; onlineocr/settings.py reads all others.
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

# Collects static files under hashed names, which browsers may cache; again when a source changed.
collect_static() {
    local stamp=$STATIC_ROOT/.collected
    if [ -f "$stamp" ] && [ -z "$(find -H static requirements.txt -newer "$stamp" -print -quit)" ]; then
        return
    fi
    python manage.py collectstatic --no-input --clear --verbosity 0
    touch "$stamp"
}

main "$@"
