"""How much two submissions have in common, by copydetect's k-grams of their normal forms."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from copydetect import CodeFingerprint, compare_files
from copydetect.utils import get_token_coverage

from autograder.classroom.similarity.reading import CodeReading

# Shorter passages are chance; copydetect's own default. All k-grams are kept, not a sample of them:
# so nothing depends on Python's hashes of texts, which are others in each process.
SHORTEST = 25

Passages = Sequence[tuple[int, int]]  # of a reading: beginning and end of each
Lines = Mapping[str, frozenset[int]]  # file -> lines, from 1 on


class Common(NamedTuple):
    """What two submissions have in common, the template apart."""

    share: float  # of the code of both, from 0 to 1
    passage: int  # characters of the longest passage that both have without a gap


class Comparable:
    """A reading, with its k-grams that are not the template's."""

    def __init__(self, reading: CodeReading, template: frozenset[int] = frozenset()) -> None:
        self._reading = reading
        text = io.StringIO(reading.text)
        found = CodeFingerprint("", SHORTEST, 1, filter=False, fp=text)
        # copydetect's own removal also drops k-grams that the reading itself repeats
        found.hash_idx = {k: v for k, v in found.hash_idx.items() if int(k) not in template}
        found.hashes = set(found.hash_idx)
        coverage = get_token_coverage(found.hash_idx, SHORTEST, len(reading.text))
        self.size = found.token_coverage = int(coverage)  # characters that are compared
        self.fingerprint = found

    def lines(self, passages: Passages) -> Lines:
        """The lines of the source in which these passages stand, at least for the greater part."""
        inside = np.zeros(len(self._reading.text), dtype=bool)
        for first, end in passages:
            inside[first:end] = True
        found: dict[str, set[int]] = {}
        start = 0
        for piece in self._reading.pieces:
            if 2 * inside[start : start + piece.length].sum() > piece.length:
                found.setdefault(piece.file, set()).update(range(piece.first, piece.last + 1))
            start += piece.length
        return {file: frozenset(lines) for file, lines in found.items()}


def kgrams(readings: Iterable[CodeReading]) -> frozenset[int]:
    """The k-grams of the template."""
    found = (Comparable(reading).fingerprint.hashes for reading in readings)
    return frozenset(int(kgram) for hashes in found for kgram in hashes)


def in_common(one: Comparable, other: Comparable) -> Common:
    """How much they have in common."""
    mine, its = passages_of(one, other)
    if not mine:
        return Common(0.0, 0)
    shared = sum(end - first for first, end in (*mine, *its))
    longest = min(max(end - first for first, end in each) for each in (mine, its))
    return Common(shared / (one.size + other.size), longest)


def passages_of(one: Comparable, other: Comparable) -> tuple[Passages, Passages]:
    """The passages of the one that the other has too, and the reverse."""
    _, _, (mine, its) = compare_files(one.fingerprint, other.fingerprint)
    return _passages(mine), _passages(its)


def _passages(slices: Any) -> Passages:
    return [(int(first), int(end)) for first, end in slices.T] if slices.size else []
