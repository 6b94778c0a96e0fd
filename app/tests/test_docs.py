"""Agreement of the documents with the code: error codes, links, endpoints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, get_resolver

from app.http.errors import STATUS

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
# Only answered in a vendor's own format.
VENDOR_CODES = ROOT / "app" / "compat"
OPTION = re.compile(r"--[\w-]+")


def raised_codes() -> set[str]:
    sources = [
        path.read_text()
        for path in (ROOT / "app").rglob("*.py")
        if "tests" not in path.parts and VENDOR_CODES not in path.parents
    ]
    return set(re.findall(r'OcrError\(\s*"([a-z_0-9]+)"', "\n".join(sources)))


def test_every_error_code_is_documented() -> None:
    text = (ROOT / "docs" / "api.md").read_text()
    codes = raised_codes() | set(STATUS)
    assert len(codes) > 30
    assert {code for code in codes if f"`{code}`" not in text} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_headings(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", document.read_text())
    assert [
        f"{link}#{anchor}"
        for link, anchor in links
        if anchor not in anchors((document.parent / link) if link else document)
    ] == []


def anchors(document: Path) -> set[str]:
    """Anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def benchmark_commands() -> set[tuple[str, str]]:
    """Names of benchmarks in commands of the documents, each with the rest of its command."""
    text = "\n".join(path.read_text() for path in DOCUMENTS)
    return set(re.findall(r"-m benchmarks\.([a-z_]+)([^`\n#]*)", text)) | benchmark_rows()


def benchmark_rows() -> set[tuple[str, str]]:
    """The same of the table of commands in docs/benchmarks.md."""
    table = (ROOT / "docs" / "benchmarks.md").read_text().split("## Run them")[1]
    rows = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`(\w+)([^`]*)`", "\n".join(rows)))


def test_documented_benchmarks_exist_with_their_options() -> None:
    missing = set()
    for name, rest in benchmark_commands():
        source = ROOT / "benchmarks" / f"{name}.py"
        code = source.read_text() if source.exists() else ""
        missing |= {name} if not code else set()
        missing |= {f"{name} {each}" for each in OPTION.findall(rest) if f'"{each}"' not in code}
    assert missing == set()


def test_every_benchmark_is_documented() -> None:
    programs = {
        path.stem
        for path in (ROOT / "benchmarks").glob("*.py")
        if f"python -m benchmarks.{path.stem}" in path.read_text()
    }
    assert len(programs) > 15
    assert programs - {name for name, _ in benchmark_rows()} == set()


def test_tests_that_prove_the_security_exist() -> None:
    """docs/security.md names them by module; those without a folder are in app/tests/security."""
    text = (ROOT / "docs" / "security.md").read_text()
    named = set(re.findall(r"`((?:\w+/)*(?:test_\w+|access_table))`", text))
    assert len(named) > 15
    tests = ROOT / "app" / "tests"
    places = {name: tests / ("" if "/" in name else "security") / f"{name}.py" for name in named}
    assert [name for name, path in places.items() if not path.exists()] == []


def test_documented_volumes_are_those_of_the_image() -> None:
    """Data mounted elsewhere would be lost with the container."""
    declared = re.findall(
        r'"(/[^"]+)"', (ROOT / "dockerfile_product").read_text().split("VOLUME")[1]
    )
    mounted = re.findall(r" -v [\w-]+:(\S+)", "\n".join(path.read_text() for path in DOCUMENTS))
    assert mounted
    assert set(mounted) <= set(declared)


def test_documented_api_paths_exist() -> None:
    """Every `/api/…/` written in a document is a path of the site."""
    paths = set()
    for document in DOCUMENTS:
        for path in re.findall(r"(?<![\w/.])/api/[\w/{}…-]*/(?![\w<…])", document.read_text()):
            if "…" not in path:
                filled = path.replace("{id}", "01985000-0000-7000-8000-000000000000")
                paths.add(re.sub(r"\{\w+\}", "txt", filled))
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not leads_somewhere(path)] == []


def leads_somewhere(path: str) -> bool:
    try:
        get_resolver().resolve(path)
    except Resolver404:
        return False
    return True
