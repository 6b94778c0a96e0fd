"""Download of packages with fonts and texts, which are unpacked but never installed.

python -m training.packages FOLDER

They are Debian packages, and npm packages for some Fraktur faces and those like handwriting. A
Debian package's licence is in its usr/share/doc/*/copyright, which is unpacked with it.
"""

from __future__ import annotations

import argparse
import subprocess
import tarfile
from pathlib import Path

from .faces import HANDWRITTEN
from .scripts import ENGLISH, SCRIPTS

# OFL, GPL with font exception, Apache-2.0, Bitstream Vera or public domain; docs/training.md.
FONTS = (
    "fonts-dejavu-core fonts-dejavu-extra fonts-liberation fonts-freefont-ttf fonts-noto-core"
    " fonts-noto-ui-core fonts-noto-mono fonts-roboto-unhinted fonts-open-sans fonts-paratype"
    " fonts-croscore fonts-crosextra-carlito fonts-linuxlibertine fonts-ebgaramond"
    " fonts-ebgaramond-extra fonts-cmu fonts-firacode fonts-jetbrains-mono fonts-hack"
    " fonts-comfortaa fonts-oldstandard fonts-play fonts-vollkorn fonts-tuffy fonts-inter"
    " fonts-cantarell fonts-cascadia-code fonts-montserrat fonts-junicode fonts-sil-andika"
    " fonts-sil-gentiumplus fonts-sil-charis fonts-sil-doulos fonts-sil-galatia"
    " fonts-gfs-artemisia fonts-gfs-baskerville fonts-gfs-bodoni-classic fonts-gfs-complutum"
    " fonts-gfs-didot fonts-gfs-didot-classic fonts-gfs-neohellenic fonts-gfs-olga"
    " fonts-gfs-porson fonts-gfs-solomos fonts-gfs-gazis fonts-gfs-theokritos"
    " fonts-nanum fonts-nanum-extra fonts-nanum-eco fonts-baekmuk fonts-unfonts-core"
    " fonts-unfonts-extra fonts-alee fonts-naver-d2coding fonts-lexi-gulim fonts-lexi-saebom"
    " fonts-hosny-amiri fonts-hosny-thabit fonts-kacst fonts-kacst-one fonts-lemonada"
    " fonts-sil-scheherazade fonts-sil-lateef fonts-sil-harmattan fonts-farsiweb fonts-freefarsi"
    " fonts-arabeyes fonts-paktype fonts-nafees culmus culmus-fancy fonts-sil-ezra fonts-ldco"
    " fonts-lohit-deva fonts-lohit-deva-marathi fonts-lohit-deva-nepali fonts-deva-extra"
    " fonts-gargi fonts-nakula fonts-sahadeva fonts-samyak-deva fonts-sarai fonts-sil-annapurna"
    " fonts-tlwg-garuda-ttf fonts-tlwg-kinnari-ttf fonts-tlwg-laksaman-ttf fonts-tlwg-loma-ttf"
    " fonts-tlwg-mono-ttf fonts-tlwg-norasi-ttf fonts-tlwg-purisa-ttf fonts-tlwg-sawasdee-ttf"
    " fonts-tlwg-typewriter-ttf fonts-tlwg-typist-ttf fonts-tlwg-typo-ttf fonts-tlwg-umpush-ttf"
    " fonts-tlwg-waree-ttf fonts-arundina fonts-bpg-georgian"
    " fonts-mph-2b-damase fonts-blankenburg texlive-fonts-extra"
).split()
# Patterns of the wanted paths, for packages of many fonts.
PARTS = {"texlive-fonts-extra": ("*/yfonts-otf/*", "*/QTFraktur.otf", "*/copyright")}
# OFL 1.1 or Apache 2.0: complete faces from Google Fonts.
FRAKTUR = "unifrakturmaguntia unifrakturcook manufacturing-consent pirata-one grenze-gotisch"
NPM_FONTS = tuple(f"@expo-google-fonts/{name}" for name in (*FRAKTUR.split(), *HANDWRITTEN))
NPM_FILES = ("_400Regular.ttf", "_700Bold.ttf", "LICENSE", "LICENSE_FONT", "package.json")


def wanted_packages() -> list[str]:
    texts = [
        package
        for script in (*SCRIPTS.values(), ENGLISH)
        for package in (*script.packages, *script.word_lists)
    ]
    return list(dict.fromkeys([*FONTS, *texts]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for package in wanted_packages():
        fetch(package, folder)
    for package in NPM_FONTS:
        fetch_from_npm(package, folder)


def fetch(package: str, folder: Path) -> None:
    """Unpacks a Debian package into folder/package, unless that exists."""
    target = folder / package
    if target.exists():
        return
    # The archive's name contains the version, so each package is downloaded to its own folder.
    target.mkdir()
    got = subprocess.run(["apt-get", "download", package], cwd=target, check=False)
    for archive in target.glob("*.deb"):
        unpack(archive, target, PARTS.get(package, ()))
        archive.unlink()
    if got.returncode:
        print(f"{package}: not offered here, left out")


def unpack(archive: Path, target: Path, parts: tuple[str, ...]) -> None:
    """Unpacks the whole archive, or only paths that match the patterns."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as files:
        chosen = ["--wildcards", *parts] if parts else []
        subprocess.run(["tar", "-x", "-C", target, *chosen], stdin=files.stdout, check=True)


def fetch_from_npm(package: str, folder: Path) -> None:
    """Unpacks a package's regular and bold fonts and its licence, unless its folder exists."""
    target = folder / package.partition("/")[2]
    if target.exists():
        return
    target.mkdir()
    subprocess.run(["npm", "pack", package], cwd=target, check=False)
    for archive in target.glob("*.tgz"):
        with tarfile.open(archive) as files:
            wanted = [each for each in files if each.name.endswith(NPM_FILES)]
            files.extractall(target, wanted, filter="data")
        archive.unlink()


if __name__ == "__main__":
    main()
