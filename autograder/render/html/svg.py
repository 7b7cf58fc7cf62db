"""Inline SVG: small pure functions from data to markup. Colours are classes of the page's style."""

import math
from html import escape

from autograder.model.outcome import Measurement
from autograder.render.summary import measurement_text, share_text, used_share

BAR_WIDTH = 300
BAR_HEIGHT = 14
BUDGET_AT = 0.6  # of the bar's width, for every bar alike, so that bars can be compared
STRIPE = 6


def element(name: str, content: str = "", **attributes: object) -> str:
    """`<name a="1">content</name>`; `_` in an attribute's name is `-`, `class_` is `class`."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    written = "".join(f' {key}="{escape(_number(value))}"' for key, value in pairs)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def picture(width: float, height: float, class_: str, title: str, desc: str, body: str) -> str:
    """An `<svg>` that a screen reader announces by its title and explains by its description."""
    words = element("title", escape(title)) + element("desc", escape(desc) or " ")
    box = f"0 0 {_number(width)} {_number(height)}"
    return element(
        "svg", words + body, class_=class_, viewBox=box, width=width, height=height, role="img"
    )


def budget_bar(measurement: Measurement) -> str:
    """How much of a budget was used: the mark is the budget, what lies beyond it is striped.

    Empty where the share is not a number.
    """
    share = used_share(measurement)
    if share is None:
        return ""
    name = measurement.name.replace("_", " ")
    kept = "within" if measurement.within else "over"
    title = f"{name}: {share_text(share)} of the budget, {kept}"
    mark = BAR_WIDTH * BUDGET_AT
    end = min(share * mark, BAR_WIDTH)
    body = element("rect", class_="track", width=BAR_WIDTH, height=BAR_HEIGHT, rx=3)
    body += element("rect", class_="used", width=min(end, mark), height=BAR_HEIGHT, rx=3)
    if not measurement.within:
        body += _beyond(mark, max(end, mark + STRIPE))
    body += element("line", class_="mark", x1=mark, x2=mark, y1=-3, y2=BAR_HEIGHT + 3)
    return picture(BAR_WIDTH, BAR_HEIGHT, "bar", title, measurement_text(measurement), body)


def _beyond(start: float, end: float) -> str:
    body = element("rect", class_="beyond", x=start, width=end - start, height=BAR_HEIGHT)
    stripes = range(int(start) + STRIPE, int(end), STRIPE)
    lines = (element("line", class_="stripe", x1=x, x2=x - 4, y1=0, y2=BAR_HEIGHT) for x in stripes)
    return body + "".join(lines)


def _number(value: object) -> str:
    """Coordinates with at most two decimals: shorter, and equal on every machine."""
    if isinstance(value, float) and math.isfinite(value):
        return f"{round(value, 2):g}"
    return str(value)
