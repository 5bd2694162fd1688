# SPDX-License-Identifier: Apache-2.0
"""Word F1 of a text read from a page against what stands there.

Words are what white space parts, compared as bags, whatever their order, with their case and marks. Curly quotes are straight
ones and dashes are hyphens, for no keyboard tells them apart; what stands in ⟦…⟧ (handwriting, stamps) is nobody's fault.
"""
import collections
import dataclasses
import re
import unicodedata

ALIKE = str.maketrans("“”‘’–—", "\"\"''--")


def words(text):
    text = re.sub("⟦[^⟧]*⟧", " ", unicodedata.normalize("NFC", text))
    return collections.Counter(text.translate(ALIKE).split())


@dataclasses.dataclass(frozen=True)
class Score:
    hits: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other):
        return Score(self.hits + other.hits, self.wanted + other.wanted, self.found + other.found)

    @property
    def recall(self):
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def precision(self):
        return self.hits / self.found if self.found else 1.0

    @property
    def f1(self):
        both = self.wanted + self.found
        return 2 * self.hits / both if both else 1.0


def score(truth, text):
    wanted, found = words(truth), words(text)
    return Score((wanted & found).total(), wanted.total(), found.total())
