"""A package index in a folder, in which everything locked has a newer release.

Its wheels hold metadata only: that of the packages installed here, so that pip resolves as it does
with the real ones, in seconds and without a network.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import Distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def locked_requirements(lock: Path) -> list[Requirement]:
    """Names with extras, versions and markers; without hashes."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (re.sub(r"--hash=\S+", "", line).strip() for line in text.splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def newer(version: str) -> str:
    """The smallest step up, which requirements that exclude the next major version accept too."""
    release, _, post = version.partition(".post")
    return f"{release}.post{int(post or 0) + 1}"


class InstallationError(Exception):
    """pip's error message."""


class PackageIndex:
    """locks: lock files, of which copies with the hashes of this index's wheels are made.

    installed: metadata by canonical name; packages that are not installed ask for nothing.
    """

    def __init__(
        self, folder: Path, locks: Sequence[Path], installed: Mapping[str, Distribution]
    ) -> None:
        self.folder = folder
        self.installed = installed
        self.locks = [self._copy(lock) for lock in locks]

    def install(self, *options: str) -> dict[str, str]:
        """Canonical name -> version of what pip would install. Raises InstallationError."""
        files = [part for lock in self.locks for part in ("-r", str(lock))]
        command = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check"]
        command += ["install", "--dry-run", "--quiet", "--ignore-installed", "--report", "-"]
        command += ["--no-cache-dir", "--index-url", self.folder.as_uri(), *options, *files]
        # The index has to be the only one, whatever the settings of this machine.
        environment = {**os.environ, "PIP_CONFIG_FILE": os.devnull}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise InstallationError(done.stderr)
        chosen = (each["metadata"] for each in json.loads(done.stdout)["install"])
        return {canonicalize_name(each["name"]): each["version"] for each in chosen}

    def _copy(self, lock: Path) -> Path:
        copy = self.folder / lock.name
        lines = []
        for requirement in locked_requirements(lock):
            [version] = [each.version for each in requirement.specifier]
            name = canonicalize_name(requirement.name)
            self._wheel(name, newer(version))
            lines.append(f"{requirement} --hash=sha256:{self._wheel(name, version)}")
        copy.write_text("\n".join(lines), encoding="utf-8")
        return copy

    def _wheel(self, name: str, version: str) -> str:
        """Its hash."""
        stem = f"{name.replace('-', '_')}-{version}"
        path = self.folder / name / f"{stem}-py3-none-any.whl"
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as wheel:
            for file, text in (
                ("METADATA", self._metadata(name, version)),
                ("WHEEL", WHEEL),
                ("RECORD", ""),
            ):
                wheel.writestr(zipfile.ZipInfo(f"{stem}.dist-info/{file}"), text)
        links = sorted(
            f'<a href="{each.name}">{each.name}</a>' for each in path.parent.glob("*.whl")
        )
        (path.parent / "index.html").write_text("<!DOCTYPE html>" + "\n".join(links))
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def _metadata(self, name: str, version: str) -> str:
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
        package = self.installed.get(name)
        if package:
            for field in ("Provides-Extra", "Requires-Dist"):
                lines += [f"{field}: {each}" for each in package.metadata.get_all(field) or []]
        return "\n".join(lines) + "\n"
