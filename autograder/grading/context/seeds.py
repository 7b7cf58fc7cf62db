"""Seeds of random inputs, which are the same whenever the same submission is graded again.

The judge takes them; fixtures and budgets draw from them.
"""

import hashlib
import hmac
from typing import NamedTuple

import numpy as np


class Seed(NamedTuple):
    """The seed of the random inputs of one run of a check."""

    number: int
    public: bool = False  # known to students; what the oracles answer is recorded for it


def public_seed(check_id: str, variation: int = 0) -> int:
    """The seed of a visible check, the same for all students; proofs try other variations."""
    name = f"public/{check_id}" + (f"/{variation}" if variation else "")
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def secret_seed(secret: bytes, check_id: str, submission_digest: bytes) -> int:
    """A seed that cannot be known without the course secret, the same for the same submission."""
    message = check_id.encode() + b"\0" + submission_digest
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:8], "big")


def generator(seed: int) -> np.random.Generator:
    """The generator that a check receives as `rng`."""
    return np.random.default_rng(seed)
