# shellcheck shell=bash
# Packages of the operating system, mainly Tesseract's languages; sourced.

TESSDATA_PLACES=(
    /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata
    /usr/share/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata
)

# Installs Tesseract's language data; the program itself comes with requirements.txt.
require_languages() {
    local missing
    read -ra missing <<<"$(missing_languages)"
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}" || ask_for "${missing[@]}"
}

# Prints the packages of the languages in OCR_LANGUAGES that are not installed.
missing_languages() {
    local code
    for code in $(setting OCR_LANGUAGES eng | tr '+,' '  ') osd; do
        [ "$code" = auto ] || has_language "$code" || printf '%s ' "$(package_of "$code")"
    done
}

# package_of LANGUAGE: prints its Debian package, such as tesseract-ocr-chi-sim for chi_sim.
package_of() { printf 'tesseract-ocr-%s' "${1//_/-}"; }

has_language() {
    local place
    for place in "$(setting TESSDATA_PREFIX "")" "${TESSDATA_PLACES[@]}"; do
        [ -f "$place/$1.traineddata" ] && return
    done
    return 1
}

# install_packages PACKAGE...: installs them with apt if this user may; fails otherwise.
install_packages() {
    may_install || return
    say "Installing $*"
    # Debian's packages can be installed even if the list of another source is broken.
    apt_get update >&2 || say "apt-get update failed; trying with the package lists of before."
    apt_get install --no-install-recommends "$@" >/dev/null </dev/null
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

apt_get() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    if [ "$(id -u)" -ne 0 ]; then command=(sudo -n "${command[@]}"); fi
    "${command[@]}" "$@"
}

# ask_for PACKAGE...: prints the command that a person has to run, and exits.
ask_for() {
    case $(uname -s) in
    Darwin) die "Run this, then start again:  brew install python tesseract tesseract-lang" ;;
    *) die "Run this, then start again:  sudo apt-get install $*" \
        "(on other systems: the packages that hold the same)" ;;
    esac
}
