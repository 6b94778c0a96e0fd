"""Debian packages with fonts and texts: downloaded and unpacked, never installed.

python -m training.packages FOLDER

A package's licence is in its own usr/share/doc/*/copyright, which is unpacked beside it.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

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
).split()


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


def fetch(package: str, folder: Path) -> None:
    """Into folder/package, unless it is there already."""
    target = folder / package
    if target.exists():
        return
    # Apt names the file after the version, so each package is downloaded into its own folder.
    target.mkdir()
    got = subprocess.run(["apt-get", "download", package], cwd=target, check=False)
    for archive in target.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        archive.unlink()
    if got.returncode:
        print(f"{package}: not offered here, left out")


if __name__ == "__main__":
    main()
