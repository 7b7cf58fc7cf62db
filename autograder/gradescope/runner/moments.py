"""Points in time as Gradescope writes them, in metadata, exports and CSV files."""

import re
from datetime import datetime, timedelta, timezone

# Python 3.10's fromisoformat knows neither "Z" nor nanoseconds nor a space before the offset.
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?\s*(Z|UTC|[+-]\d\d:?\d\d)?", re.ASCII
)


def read_moment(text: str) -> datetime | None:
    """The moment, with its offset (UTC where none is written), or None if it is none."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None
    day, clock, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}")
        zone = _zone(offset)
    except ValueError:
        return None
    return moment.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")), tzinfo=zone)


def _zone(offset: str | None) -> timezone:
    if not offset or offset in ("Z", "UTC"):
        return timezone.utc
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
