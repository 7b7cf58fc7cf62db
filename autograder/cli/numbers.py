"""Numbers that can be typed as arguments; each raises ArgumentTypeError for anything else."""

import argparse
import math


def positive_count(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def positive_seconds(text: str) -> float:
    """Seconds."""
    return positive_number(text, " of seconds")


def positive_number(text: str, unit: str = "") -> float:
    """Any finite number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number{unit} above 0")
    return number
