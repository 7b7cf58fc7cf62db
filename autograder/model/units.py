"""Read sizes in bytes; show bytes, seconds, points, counts and other quantities."""

import math
import re

from autograder.model.errors import ConfigError

BYTE_UNITS = {
    "B": 1,
    "kB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
}


def parse_bytes(text: str) -> int:
    """Read `64 KiB`, `1.5 GB` or `200 B`.

    Raises ConfigError for anything else.
    """
    match = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]+)\s*", text)
    if not match or match[2] not in BYTE_UNITS:
        units = ", ".join(BYTE_UNITS)
        raise ConfigError(f"{text!r} is not a size: write a number and one of {units}")
    return int(float(match[1]) * BYTE_UNITS[match[2]])


def show_bytes(count: float) -> str:
    """Three significant digits in a decimal unit: `1.25 MB`."""
    for unit in ("B", "kB", "MB"):
        if abs(count) < 999.5:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} GB"


def show_seconds(seconds: float) -> str:
    """`12 ms`, `1.24 s` or `2 min 5 s`."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.3g} ms"
    if seconds < 59.95:
        return f"{seconds:.3g} s"
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s"


def show_points(points: float) -> str:
    """Points without an unnecessary `.0`."""
    return f"{points:g}"


def show_count(value: float, unit: str = "") -> str:
    """All digits of a whole number, in groups of three, with its unit: `268 800 bytes`."""
    whole = value == int(value) and abs(value) < 1e15
    number = f"{int(value):,}".replace(",", " ") if whole else f"{value:.6g}"
    return f"{number} {unit}" if unit else number


def counted(count: int, thing: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{count} {thing}" + "s" * (count != 1)


def show_ratio(ratio: float | None) -> str:
    """`0.498`; a dash where there is nothing to divide by."""
    return "-" if ratio is None else f"{ratio:.3g}"


def show_quantity(value: float, unit: str) -> str:
    """A measurement with its unit, for people; `inf bytes` where it is not finite."""
    if not math.isfinite(value):
        return f"{value} {unit}"
    if unit == "bytes":
        return show_bytes(value)
    if value == int(value):
        return f"{int(value):,} {unit}".replace(",", " ")
    return f"{value:.3g} {unit}"
