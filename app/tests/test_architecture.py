"""Rules about the code itself: layers, sizes, names, and that every setting is explained."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from app.engines.registry import ENGINES
from app.exports.registry import EXPORTS

ROOT = Path(settings.BASE_DIR)
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60
MAX_FOLDER_FILES = 18  # with __init__
# Parsing PDFs is one subject with many independent parts; benchmarks are programs side by side.
WIDE_FOLDERS = {"app/ocr/source/pdf", "benchmarks"}
MIN_FILE_LINES = 30
SHORT_FILES = {
    "settings, Django or a server name them": """
        app/apps.py app/api/pagination.py app/http/middleware/private_cache.py app/media_storage.py
        app/http/middleware/rate_headers.py app/management/commands/backup.py onlineocr/asgi.py
        app/management/commands/prune.py app/web/context_processors.py
        onlineocr/wsgi.py app/compat/umi_ocr/urls.py
    """,
    "one table of the database each": """
        app/models/invitation.py app/models/request_key.py app/models/revision.py
    """,
    "several neighbours use them, so they are in none of these": """
        app/compat/shared/raw_body.py app/compat/shared/selection_marks.py app/compat/version.py
        app/compat/docling/places.py app/engines/paddleocr/eight_bits.py
        app/compat/shared/archives.py app/compat/shared/table_headers.py
        app/engines/runtime/model_files.py app/exports/text_stream.py
        app/http/bodies/base64.py app/http/client_address.py app/http/negotiation.py
        app/ocr/errors.py app/ocr/prepare/steps.py app/recognition/libraries.py
        app/ocr/source/pdf/matrix.py app/sandbox/interpreter.py app/services/engine_settings.py
        app/services/history/image_links.py app/services/history/letters.py app/web/snippets.py
        app/services/submission/remote_files.py app/web/views/notices.py
    """,
    "a registry or one member of a family, where a reader looks for it": """
        app/api/serializers/catalog.py app/compat/azure/not_served.py
        app/compat/onlineocr_images.py app/engines/paddleocr/languages.py app/engines/registry.py
        app/engines/tesseract/installed.py app/ocr/barcodes.py app/ocr/layout/kinds/margin.py
        app/ocr/source/opening.py app/web/views/privacy.py
        app/services/accounts/sessions.py
    """,
}
CODE = sorted(
    path
    for folder in ("app", "onlineocr", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
SCRIPTS = [ROOT / "start.sh", *ROOT.glob("scripts/*"), *ROOT.glob(".ci/*")]
SOURCES = [*CODE, *ROOT.glob("static/css/*.css"), *ROOT.glob("static/js/*.js"), *SCRIPTS]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


# --- Sizes and names ------------------------------------------------------------------------------


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: n for name, n in lengths.items() if n > MAX_FILE_LINES} == {}


def test_functions_are_short() -> None:
    assert {name: n for path in CODE for name, n in functions(path) if n > MAX_FUNCTION_LINES} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}:{node.name}", node.end_lineno - node.lineno + 1


def test_folders_are_narrow() -> None:
    """A larger folder is split by purpose."""
    widths = Counter(path.parent for path in CODE if "tests" not in path.parts)
    wide = {name_of(folder): n for folder, n in widths.items() if n > MAX_FOLDER_FILES}
    assert {name: n for name, n in wide.items() if name not in WIDE_FOLDERS} == {}


def test_short_files_have_a_reason() -> None:
    """A fragment belongs in the module that it is part of."""
    short = {
        name_of(path)
        for path in CODE
        if "tests" not in path.parts
        and path.stem != "__init__"
        and len(path.read_text().splitlines()) < MIN_FILE_LINES
    }
    assert short - {name for names in SHORT_FILES.values() for name in names.split()} == set()


def test_names_say_what_is_inside() -> None:
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "stuff"}
    assert [name_of(path) for path in CODE if path.stem in vague] == []


def test_every_package_says_so() -> None:
    """A folder without __init__.py hides its tests from pytest and its modules from the linters."""
    folders = {path.parent for path in CODE}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


# --- Independence ---------------------------------------------------------------------------------


# These answer the paths that several APIs share.
CHOOSERS = {"app.compat.status", "app.compat.version"}


def imported_modules(path: Path) -> set[str]:
    """Absolute names of what a file imports, and of what it imports from there."""
    package = [*path.relative_to(ROOT).with_suffix("").parts]
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: -node.level] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            found.update({module, *(f"{module}.{alias.name}" for alias in node.names)})
    return found


def module_files(module: str) -> list[Path]:
    """The file of a module, or all files of a package."""
    top = ROOT.joinpath(*module.split("."))
    return sorted(top.rglob("*.py")) if top.is_dir() else [top.with_suffix(".py")]


def first_parts(names: Iterable[str], count: int) -> set[str]:
    """`app.engines.paddleocr.words` -> `app.engines.paddleocr` for a count of 3."""
    return {".".join(name.split(".")[:count]) for name in names}


def neighbours(modules: set[str]) -> dict[str, set[str]]:
    """For each of these modules of one package, those among them that it imports."""
    modules = modules - CHOOSERS
    depth = next(iter(modules)).count(".") + 1
    found = {
        module: set().union(
            *(first_parts(imported_modules(path), depth) for path in module_files(module))
        )
        for module in modules
    }
    return {module: names & modules - {module} for module, names in found.items()}


@pytest.mark.parametrize("registry", [ENGINES, EXPORTS], ids=["engines", "exports"])
def test_registered_classes_do_not_import_each_other(registry: dict[str, str]) -> None:
    modules = first_parts(registry.values(), 3)
    assert [pair for pair in neighbours(modules).items() if pair[1]] == []


def test_vendor_contracts_do_not_import_each_other() -> None:
    """The APIs that app/compat/urls.py collects; their common code is in other files."""
    names = imported_modules(ROOT / "app" / "compat" / "urls.py")
    vendors = first_parts((name for name in names if name.startswith("app.compat.")), 3)
    assert len(vendors) > 5
    assert [pair for pair in neighbours(vendors).items() if pair[1]] == []


# --- Settings and limits --------------------------------------------------------------------------


def settings_names() -> set[str]:
    """Names that the settings read from the environment, and those of start.sh and uwsgi.ini."""
    files = ("settings.py", "vendor_apis.py")
    source = "".join((ROOT / "onlineocr" / name).read_text() for name in files)
    script = "\n".join(path.read_text() for path in SCRIPTS if path.suffix == ".sh")
    read = re.findall(r"env_\w+\(\s*\"([A-Z_0-9]+)\"", source)
    return {*read, *re.findall(r"\$\(setting ([A-Z_]+)", script)}


@pytest.mark.parametrize("document", [".env.example", "docs/settings.md"])
def test_every_setting_is_explained(document: str) -> None:
    text = (ROOT / document).read_text()
    assert {name for name in settings_names() if not re.search(rf"\b{name}\b", text)} == set()


@pytest.mark.parametrize(
    ("document", "pattern"),
    [(".env.example", r"^#?([A-Z_]+)="), ("docs/settings.md", r"^\| `([A-Z_]+)`")],
)
def test_explained_settings_exist(document: str, pattern: str) -> None:
    explained = set(re.findall(pattern, (ROOT / document).read_text(), re.MULTILINE))
    assert explained
    assert explained - settings_names() == set()


def test_body_limits_agree() -> None:
    from app.http.bodies.wsgi import MAX_BYTES

    [megabytes] = re.findall(r"client_max_body_size (\d+)m;", (ROOT / "nginx.conf").read_text())
    assert int(megabytes) * 1024 * 1024 == MAX_BYTES
    assert settings.BATCH_MAX_BYTES < MAX_BYTES
    assert settings.ACCOUNT_MAX_BYTES * 4 / 3 < MAX_BYTES  # as base64


def test_stop_limits_agree() -> None:
    """A container is given more time to stop than uWSGI takes to finish running requests."""
    [mercy] = re.findall(r"worker-reload-mercy = (\d+)", (ROOT / "uwsgi.ini").read_text())
    [grace, _] = re.findall(r"stop_grace_period: (\d+)s", (ROOT / "compose.yaml").read_text())
    assert int(mercy) < int(grace)
