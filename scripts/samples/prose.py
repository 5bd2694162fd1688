# SPDX-License-Identifier: Apache-2.0
"""Passages of running Vietnamese text out of a folder of texts, one paragraph a line."""
import os
import pathlib
import re
import sys
import unicodedata

MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
PUNCTUATION = set(" .,;:!?()[]-/%&+'\"“”–²")
LONG, ENOUGH = 60, 10  # letters of a sentence; sentences of a text that does not repeat itself on a page
HEADING = re.compile(r"(Chương|CHƯƠNG|Mục|MỤC|Điều) [0-9IVX]+[a-z]?\b")


def _printable(line):
    """Whether every letter is in every font, and no mark of paper.py or a form's line is in it."""
    return line[0] not in "-/" and ".." not in line and "//" not in line and all(
        part in PUNCTUATION or part in MARKS or part in "đĐ" or part.isascii() and part.isalnum()
        for part in unicodedata.normalize("NFD", line))


def paragraphs(text):
    """Whole sentences and headings; what else lies in a text (forms, menus, cells) reads like no page."""
    lines = (" ".join(unicodedata.normalize("NFC", line).split()) for line in text.splitlines())
    return [line for line in lines if line and _printable(line) and (len(line) >= LONG or HEADING.match(line))]


class Prose:
    def __init__(self, folder):
        files = sorted(pathlib.Path(folder).rglob("*.txt"))
        texts = [paragraphs(file.read_text(encoding="utf-8", errors="replace")) for file in files]
        self.texts = [text for text in texts if len({line for line in text if len(line) >= LONG}) >= ENOUGH]
        if not self.texts:
            raise SystemExit(f"{os.path.basename(sys.argv[0])}: {folder} has no *.txt with {ENOUGH} lines of {LONG} letters and more; name such a folder with --texts.")

    def passage(self, rng):
        """Paragraphs without end, from a random place of a random text on."""
        text = self.texts[int(rng.integers(len(self.texts)))]
        at = int(rng.integers(len(text)))
        while True:
            yield text[at % len(text)]
            at += 1

    def phrase(self, rng, least, most):
        """The first words of a paragraph, as a subject or a table's cell has them."""
        line = next(line for line in self.passage(rng) if len(line) >= LONG and not HEADING.match(line))
        words = re.sub(r"^(\d+|[a-zđ])[.)] ", "", line).split()[:int(rng.integers(least, most + 1))]
        return " ".join(words).strip(" ,;:.()“”-")
