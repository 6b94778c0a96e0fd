"""Lock files install the same packages every day: pip ignores later releases.

To pip before 23.3, `coverage` and `coverage[toml]` are two things: with only one of them locked,
the next release of coverage stops the installation. `scripts/lock.py` locks both.
"""

from __future__ import annotations

from importlib.metadata import distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from app.tests.package_index import InstallationError, PackageIndex, locked_requirements

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.txt"))
PIP = Version(version("pip"))
INSTALLED = {canonicalize_name(each.name): each for each in distributions()}
# What ./start.sh and ./start.sh test install, and the README's way without development tools.
SITE = ["requirements.txt"]
TESTS = [*SITE, "requirements-dev.txt", "requirements-compat.txt"]


Pin = tuple[str, frozenset[str]]


def pin_of(requirement: Requirement) -> Pin:
    """The name together with its extras, as pip before 23.3 compares them."""
    return canonicalize_name(requirement.name), frozenset(requirement.extras)


def asked_by(requirement: Requirement) -> set[Pin]:
    """Requirements of an installed package, from its metadata."""
    package = INSTALLED.get(canonicalize_name(requirement.name))
    wanted = map(Requirement, (package.requires or []) if package else [])
    extras = requirement.extras or {""}
    return {
        pin_of(each)
        for each in wanted
        if each.marker is None or any(each.marker.evaluate({"extra": it}) for it in extras)
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_what_is_asked_for_with_an_extra_is_locked_with_it(lock: Path) -> None:
    requirements = locked_requirements(lock)
    pins = {pin_of(each) for each in requirements}
    asked = set().union(*map(asked_by, requirements))
    names = {name for name, _ in pins}
    assert {pin for pin in asked - pins if pin[0] in names} == set()


@pytest.mark.parametrize(
    ("locks", "options"),
    [(SITE, []), (TESTS, []), (SITE, ["--no-deps"])],
    ids=["classic-site", "classic-tests", "as locked-site"],
)
def test_newer_releases_are_not_looked_at(
    tmp_path: Path, locks: list[str], options: list[str]
) -> None:
    """Uses an index in which every locked package has a newer release."""
    index = PackageIndex(tmp_path / "index", [ROOT / name for name in locks], INSTALLED)
    chosen = index.install(*options)
    expected = {
        canonicalize_name(each.name): each.specifier
        for name in locks
        for each in locked_requirements(ROOT / name)
        if each.marker is None or each.marker.evaluate()
    }
    assert chosen.keys() == expected.keys()
    assert {name for name, found in chosen.items() if found not in expected[name]} == set()


@pytest.mark.skipif(Version("23.3") <= PIP, reason="this pip does not need both pins")
@pytest.mark.parametrize("missing", ["pyjwt", "pyjwt[crypto]"])
def test_pip_stops_where_a_pin_is_missing(tmp_path: Path, missing: str) -> None:
    """The index reproduces the fault that the locks avoid."""
    pins = [str(each) for each in locked_requirements(ROOT / "requirements.txt")]
    lock = tmp_path / "requirements.txt"
    lock.write_text("\n".join(pin for pin in pins if not pin.startswith(f"{missing}==")))
    index = PackageIndex(tmp_path / "index", [lock], INSTALLED)
    with pytest.raises(InstallationError, match="must have their versions pinned"):
        index.install()
    assert "pyjwt" in index.install("--no-deps")
