#!/usr/bin/env bash
# Starts the site on http://127.0.0.1:9999, with everything it needs; docs/deploy.md explains it.
#   ./start.sh            serve the site and run its worker
#   ./start.sh test       run every check and test
#   ./start.sh worker     run the worker alone, on a further machine
#   ./start.sh container  as serve, behind nginx on port 80: what the image runs
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

TESSDATA_PLACES=(
    /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata
    /usr/share/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata
)

main() {
    local mode=${1:-serve}
    case $mode in
    serve | worker | container) prepare; "$mode" ;;
    test) run_tests "${@:2}" ;;
    *) die "Unknown: $mode. Usage: ./start.sh [serve|test|worker|container]" ;;
    esac
}

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# --- What is served ---------------------------------------------------------------------------

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
    PATH=$PATH:/usr/sbin    # nginx is there, and not on the path of everybody
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

# exec: the signals of whoever started this script reach uWSGI itself.
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
            die "$(id -un) cannot write to $folder: give it to that user, or set another folder."
    done
    # Not touched again: that would reload a site that runs already.
    [ -e "$RUN_DIR/reload" ] || touch "$RUN_DIR/reload"
}

make_site() {
    # The checks that it would run first are run by the worker, meanwhile.
    python manage.py migrate --no-input --verbosity 0 --skip-checks
    collect_static
}

# What uwsgi.ini and this script need; all other settings are read by onlineocr/settings.py.
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
    must_be '[1-9][0-9]*' "a whole number" PORT WEB_PROCESSES WEB_THREADS
    must_be 'true|false' "true or false" EMBEDDED_WORKER
}

# must_be PATTERN WORDS NAME...: stops where the value of one of these settings is something else.
must_be() {
    local name
    for name in "${@:3}"; do
        [[ ${!name} =~ ^($1)$ ]] || die "$name is '${!name}'; it must be $2."
    done
}

# setting NAME DEFAULT: from the environment, else from .env, else the default.
setting() {
    local value=${!1:-}
    if [ -z "$value" ] && [ -f .env ]; then
        # Spaces at the end, and what Windows has there, do not count.
        value=$(sed -nE -e 's/[[:space:]]+$//' \
            -e "s/^(export +)?$1=[\"']?([^\"']*)[\"']?\$/\2/p" .env | tail -n 1)
    fi
    printf '%s' "${value:-$2}"
}

# Hashed names let browsers keep static files, so they are collected anew when a source changed.
collect_static() {
    local stamp=$STATIC_ROOT/.collected
    if [ -f "$stamp" ] && [ -z "$(find static requirements.txt -newer "$stamp" -print -quit)" ]; then
        return
    fi
    python manage.py collectstatic --no-input --clear --verbosity 0
    touch "$stamp"
}

# --- Python -----------------------------------------------------------------------------------

# make_environment LOCK...: .venv with those locks; one that has not changed costs nothing.
make_environment() {
    if [ ! -x .venv/bin/python ]; then
        local python
        python=$(find_python)
        say "Making the Python environment in .venv"
        "$python" -m venv .venv
    fi
    PATH=$PWD/.venv/bin:$PATH
    local lock
    for lock in "$@"; do
        if ! cmp -s "$lock" ".venv/$lock"; then
            install_lock "$lock"
            cp "$lock" ".venv/$lock"
        fi
    done
}

install_lock() {
    say "Installing $1 (once; it takes a minute or two)"
    if can_compile; then
        pip_install -r "$1"
    else
        # uWSGI without a compiler: the same program as a wheel.
        awk '/^[a-z]/ { skip = /^uwsgi==/ } !skip' "$1" >".venv/wheels.txt"
        pip_install -r .venv/wheels.txt -r requirements-pyuwsgi.txt
    fi
}

pip_install() { python -m pip install --quiet --disable-pip-version-check "$@"; }

can_compile() {
    has_compiler || { install_packages gcc libc6-dev "$(headers_package)" && has_compiler; }
}

has_compiler() {
    command -v gcc >/dev/null && python -c 'if 1:
        import pathlib, sys, sysconfig
        sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())'
}

headers_package() { python -c 'import sys; print("python3.%d-dev" % sys.version_info[1])'; }

# Prints a Python of 3.11 or newer that can make environments; installs Debian's if need be.
find_python() {
    local package python
    for package in "" python3-venv python3.11-venv; do
        [ -z "$package" ] || install_packages "$package" || break
        for python in python3 python3.13 python3.12 python3.11; do
            if "$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
                echo "$python"
                return
            fi
        done
    done
    # Everything at once: a person should not have to come back twice.
    # shellcheck disable=SC2046
    ask_for python3-venv $(missing_languages)
}

# --- The system -------------------------------------------------------------------------------

# The language data of Tesseract; the program itself comes with requirements.txt.
require_languages() {
    local missing
    read -ra missing <<<"$(missing_languages)"
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}" || ask_for "${missing[@]}"
}

# The packages of those languages of OCR_LANGUAGES that are not installed.
missing_languages() {
    local code
    for code in $(setting OCR_LANGUAGES eng | tr '+,' '  ') osd; do
        [ "$code" = auto ] || has_language "$code" || printf 'tesseract-ocr-%s ' "${code//_/-}"
    done
}

has_language() {
    local place
    for place in "$(setting TESSDATA_PREFIX "")" "${TESSDATA_PLACES[@]}"; do
        [ -f "$place/$1.traineddata" ] && return
    done
    return 1
}

# install_packages PACKAGE...: by apt, if this user may; fails otherwise.
install_packages() {
    command -v apt-get >/dev/null || return
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return
        sudo=(sudo -n)
    fi
    say "Installing $*"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    "${sudo[@]}" "${apt[@]}" update >&2 &&
        "${sudo[@]}" "${apt[@]}" install --no-install-recommends "$@" >/dev/null </dev/null
}

# ask_for PACKAGE...: says what a person has to run, and stops.
ask_for() {
    case $(uname -s) in
    Darwin) die "Run this, then start again:  brew install python tesseract tesseract-lang" ;;
    *) die "Run this, then start again:  sudo apt-get install $*" \
        "(on other systems: the packages that hold the same)" ;;
    esac
}

# --- Tests ------------------------------------------------------------------------------------

TEST_PACKAGES=(
    chromium nginx tesseract-ocr poppler-utils qpdf redis-server postgresql
    libreoffice-writer-nogui
)
TEST_PROGRAMS=(chromium nginx tesseract pdftotext qpdf redis-server pg_ctlcluster soffice)

# Checks of the code, then pytest, so that its closing line comes last.
run_tests() {
    make_environment requirements.txt requirements-dev.txt requirements-compat.txt
    require_languages
    have_all "${TEST_PROGRAMS[@]}" || install_packages "${TEST_PACKAGES[@]}" ||
        say "Some tests will be skipped. They need: sudo apt-get install ${TEST_PACKAGES[*]}"
    failed=()
    check "format" ruff format --check .
    check "lint" ruff check .
    check "types" mypy
    check "layers" lint-imports
    check "templates" djlint --lint templates
    check "shell" shellcheck start.sh .ci/run
    check "nginx" gixy nginx.conf
    check "dockerfiles" hadolint dockerfile_base dockerfile_product
    check "migrations" python manage.py makemigrations --check --dry-run
    check "deployment" env HTTPS=true DEBUG=false ALLOWED_HOSTS=ocr.example.org \
        python manage.py check --deploy --fail-level WARNING
    python -m pytest "$@" || failed+=("tests")
    [ ${#failed[@]} -eq 0 ] || die "Failed: ${failed[*]}"
}

# check NAME COMMAND...: one line when it passes, its whole output when it does not.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        printf 'FAILED  %s\n%s\n' "$name" "$output"
        failed+=("$name")
    fi
}

have_all() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || [ -x "/usr/sbin/$program" ] || return
    done
}

main "$@"
