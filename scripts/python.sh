# shellcheck shell=bash
# The Python environment in .venv; sourced.

# make_environment LOCK...: makes .venv with the packages of these locks; skips unchanged locks.
make_environment() {
    unset PYTHONHOME PYTHONPATH    # they point to packages of other programs
    make_venv
    PATH=$PWD/.venv/bin:$PATH
    local lock changed=()
    for lock in "$@"; do
        cmp -s "$lock" ".venv/$lock" || changed+=("$lock")
    done
    [ ${#changed[@]} -gt 0 ] || return 0
    install_locks "${changed[@]}"
    # Not cp, which would copy the mode: the image's user must be able to read these files.
    for lock in "${changed[@]}"; do cat "$lock" >".venv/$lock"; done
}

make_venv() {
    # pip is missing after an interrupted start, and after an update of the system's Python.
    if .venv/bin/python -c 'import pip' 2>/dev/null; then return; fi
    local python
    python=$(find_python)
    say "Making the Python environment in .venv"
    "$python" -m venv --clear .venv
}

# Installs exactly the locked packages: nothing is resolved, so later releases make no difference.
install_locks() {
    say "Installing $* (once; it takes a minute or two)"
    # First the locked setuptools, which builds the packages without a wheel.
    install_pins '/^setuptools==/' "$@"
    install_pins '!/^uwsgi==/' "$@"
    if grep -q '^uwsgi==' "$@"; then install_uwsgi "$@"; fi
    local conflicts
    conflicts=$(python -m pip check 2>/dev/null) ||
        say "These packages do not fit together: ${conflicts//$'\n'/; }"
}

# install_pins CONDITION LOCK...: installs the pins whose first line meets the awk condition.
install_pins() {
    awk "/^[A-Za-z]/ { found = $1 } found" "${@:2}" >.venv/pins.txt
    [ ! -s .venv/pins.txt ] || pip_install -r .venv/pins.txt
}

install_uwsgi() {
    if can_compile && install_pins '/^uwsgi==/' "$@" >.venv/uwsgi.log 2>&1; then return; fi
    say "uWSGI does not compile here (.venv/uwsgi.log): installing the same program as a wheel"
    pip_install -r requirements-pyuwsgi.txt
}

# PIP_USER=0: with user=true in a person's configuration, pip refuses to install into an environment.
# PIP_USE_PEP517: pip before 23.1 would run setup.py otherwise.
pip_install() {
    PIP_USER=0 PIP_USE_PEP517=1 python -m pip install --quiet --disable-pip-version-check \
        --no-deps --require-hashes --no-build-isolation "$@"
}

can_compile() {
    has_compiler || {
        install_packages gcc libc6-dev libcrypt-dev "$(headers_package)" && has_compiler
    }
}

# Checks for what uWSGI needs: a compiler, libcrypt and Python's headers.
has_compiler() {
    local libraries=()
    if [ "$(uname -s)" = Linux ]; then libraries=(-lcrypt); fi
    echo 'int main(void) { return 0; }' | gcc -x c -o /dev/null - "${libraries[@]}" 2>/dev/null &&
        python -c 'if 1:
        import pathlib, sys, sysconfig
        sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())'
}

headers_package() { python -c 'import sys; print("python3.%d-dev" % sys.version_info[1])'; }

# Prints a Python, 3.11 or newer, that can make environments; installs Debian's if necessary.
find_python() {
    local package newest python
    for package in "" python3-venv python3.11-venv; do
        [ -z "$package" ] || install_packages "$package" || break
        # A Python newer than the locks cover is the last choice: packages may have no wheels for it.
        for newest in 14 99; do
            for python in python3 python3.14 python3.13 python3.12 python3.11; do
                if is_usable "$python" "$newest"; then
                    echo "$python"
                    return
                fi
            done
        done
    done
    # Ask for everything at once, so that a person need not return twice.
    # shellcheck disable=SC2046
    ask_for python3-venv $(missing_languages)
}

# is_usable PYTHON NEWEST: whether it can make environments and is between 3.11 and 3.NEWEST.
is_usable() {
    "$1" -c 'if 1:
        import ensurepip, sys
        sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, int(sys.argv[1])))' "$2" 2>/dev/null
}
