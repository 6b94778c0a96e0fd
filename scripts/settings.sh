# shellcheck shell=bash
# Settings and messages of the shell scripts; sourced.

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# setting NAME DEFAULT: prints the value from the environment, else from .env, else the default.
setting() {
    local value=${!1:-}
    if [ -z "$value" ] && [ -f .env ]; then
        # Trailing spaces, and the carriage return of Windows files, are removed.
        value=$(sed -nE -e 's/[[:space:]]+$//' \
            -e "s/^(export +)?$1=[\"']?([^\"']*)[\"']?\$/\2/p" .env | tail -n 1)
    fi
    printf '%s' "${value:-$2}"
}

# must_be PATTERN WORDS NAME...: exits if the value of one of these settings does not match.
must_be() {
    local name
    for name in "${@:3}"; do
        [[ ${!name} =~ ^($1)$ ]] || die "$name is '${!name}'; it must be $2."
    done
}
