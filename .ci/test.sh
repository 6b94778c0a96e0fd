#!/usr/bin/env bash
# Every check and test, run by `./start.sh test` on a machine that may have nothing installed yet.
# Arguments are passed to pytest; with them only the code checks and those tests run.
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. scripts/settings.sh
. scripts/system.sh
. scripts/python.sh
export PYTHONUTF8=1

TEST_PACKAGES=(
    chromium-headless-shell nginx tesseract-ocr poppler-utils qpdf redis-server postgresql
    libreoffice-writer-nogui libreoffice-calc-nogui fonts-dejavu-core fonts-blankenburg fonts-breip
)
TEST_PROGRAMS=(chromium-headless-shell nginx tesseract pdftotext qpdf redis-server pg_ctlcluster soffice)
TEST_FONTS=(DejaVuSans.ttf Blankenburg_UNZ1A.ttf Breip.ttf)
# Many languages, so that the search for a page's language is tested against wrong candidates.
TEST_LANGUAGES=(
    ara ces chi_sim chi_tra dan deu ell fra frk grc heb hin ita jpn jpn_vert kat kor lat nld pol
    por rus san slk spa swe tam tel tur ukr vie
)
failed=()

main() {
    # Most modules of the vendors' clients are never imported, and compiling them takes a minute.
    PIP_NO_COMPILE=1 make_environment requirements.txt requirements-dev.txt requirements-compat.txt
    require_languages
    require_test_packages
    check_code
    if [ $# -eq 0 ]; then python .ci/fresh_starts.py || failed+=("fresh starts"); fi
    run_tests "$@" || failed+=("tests")
    [ ${#failed[@]} -eq 0 ] || die "Failed: ${failed[*]}"
}

# Runs two processes at a time. Browser tests run separately, because their event loop would make each
# later test of the process an async caller. A site is started once for all tests of a file
# (loadfile); the longest file, on PostgreSQL, is among the first.
run_tests() {
    if [ $# -gt 0 ]; then python -m pytest "$@"; return; fi
    local sites=app/tests/stack browsers=app/tests/browser status=0
    python -m pytest --numprocesses 2 --ignore "$sites" --ignore "$browsers" || status=1
    python -m pytest --numprocesses 2 "$browsers" || status=1
    python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder "$sites" || status=1
    return "$status"
}

require_test_packages() {
    local missing package
    read -ra missing <<<"$(missing_test_packages)"
    [ ${#missing[@]} -gt 0 ] || return 0
    install_packages "${missing[@]}" && return
    # If a system lacks one of the packages, it may still have the others.
    for package in "${missing[@]}"; do
        if ! may_install || ! apt_get install --no-install-recommends "$package" >/dev/null </dev/null; then
            say "Some tests will be skipped. They need: sudo apt-get install $package"
        fi
    done
}

missing_test_packages() {
    local language
    { have_all "${TEST_PROGRAMS[@]}" && have_fonts "${TEST_FONTS[@]}"; } || printf '%s ' "${TEST_PACKAGES[@]}"
    for language in "${TEST_LANGUAGES[@]}"; do
        has_language "$language" || printf '%s ' "$(package_of "$language")"
    done
}

have_all() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || [ -x "/usr/sbin/$program" ] || return
    done
}

have_fonts() {
    local font
    for font in "$@"; do
        [ -n "$(find /usr/share/fonts -name "$font" -print -quit 2>/dev/null)" ] || return
    done
}

check_code() {
    check "format" ruff format --check .
    check "lint" ruff check .
    check "types" mypy
    check "layers" lint-imports
    check "templates" djlint --lint templates
    check "shell" shellcheck -x start.sh scripts/*.sh .ci/run .ci/*.sh
    check "nginx" gixy nginx.conf
    check "dockerfiles" hadolint dockerfile_base dockerfile_product
    check "migrations" python manage.py makemigrations --check --dry-run
    check "deployment" env HTTPS=true DEBUG=false ALLOWED_HOSTS=ocr.example.org \
        python manage.py check --deploy --fail-level WARNING
}

# check NAME COMMAND...: prints one line if the command passes, otherwise its whole output.
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

main "$@"
