"""Write the table of letter trigrams of Latin-script languages, from wordfreq's word lists.

    python -m training.plausibility app/recognition/confidence/trigrams.npz

Words count by the square root of their frequency, since rare words are the unexpected ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import wordfreq

from app.recognition.confidence.plausibility import LETTERS, STEP, numbers

LANGUAGES = "ca cs da de en es fi fil fr hu id is it lt lv ms nb nl pl pt ro sh sk sl sv tr".split()
WORDS = 30_000
# Weight added to each trigram, so that unseen ones have a share too.
UNSEEN = 1e-6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    target: Path = parser.parse_args().target
    counts = np.zeros((len(LETTERS),) * 3)
    for language in LANGUAGES:
        for word in wordfreq.top_n_list(language, WORDS):
            if not word.isalpha():
                continue
            weight = wordfreq.word_frequency(word, language) ** 0.5
            indices = numbers(word)
            np.add.at(counts, (indices[:-2], indices[1:-1], indices[2:]), weight)
    pairs = counts.sum(axis=2, keepdims=True)
    shares = (counts + UNSEEN) / (pairs + UNSEEN * len(LETTERS))
    steps = np.clip(np.round(-np.log(shares) / STEP), 0, 255).astype(np.uint8)
    np.savez_compressed(target, steps=steps)


if __name__ == "__main__":
    main()
