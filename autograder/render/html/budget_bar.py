"""How much of a budget was used, as a bar of inline SVG. Colours are classes of the page's style.

Called by the page's template.
"""

from html import escape

from autograder.model.outcome import Measurement
from autograder.render.html.svg import element, striped
from autograder.render.outcome_text import measurement_text, share_text, used_share

BAR_WIDTH = 300
BAR_HEIGHT = 14
BUDGET_AT = 0.6  # of the bar's width, for every bar alike, so that bars can be compared


def budget_bar(measurement: Measurement) -> str:
    """The mark is the budget, what lies beyond it is striped. Safe markup.

    A screen reader announces the title and the description. Empty where the share is no number.
    """
    share = used_share(measurement)
    if share is None:
        return ""
    kept = "within" if measurement.within else "over"
    title = f"{measurement.name.replace('_', ' ')}: {share_text(share)} of the budget, {kept}"
    mark = BAR_WIDTH * BUDGET_AT
    end = min(share * mark, BAR_WIDTH)
    body = element("title", escape(title)) + element("desc", escape(measurement_text(measurement)))
    body += element("rect", class_="track", width=BAR_WIDTH, height=BAR_HEIGHT, rx=3)
    body += element("rect", class_="used", width=min(end, mark), height=BAR_HEIGHT, rx=3)
    if not measurement.within:
        body += striped(mark, 0, end - mark, BAR_HEIGHT)
    body += element("line", class_="mark", x1=mark, x2=mark, y1=-3, y2=BAR_HEIGHT + 3)
    box = f"0 0 {BAR_WIDTH} {BAR_HEIGHT}"
    size = {"width": BAR_WIDTH, "height": BAR_HEIGHT}
    return element("svg", body, class_="bar", viewBox=box, **size, role="img")


def used_text(measurement: Measurement) -> str:
    """`within, 35 %`; only `within` or `over` where the share is no number."""
    share = used_share(measurement)
    kept = "within" if measurement.within else "over"
    return kept if share is None else f"{kept}, {share_text(share)}"
