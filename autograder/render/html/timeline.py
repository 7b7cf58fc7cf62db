"""What the ranks of a cluster did, drawn over virtual time as inline SVG.

Called by the page's template, for a check that did not pass.
"""

from html import escape

from autograder.model.outcome import Arrow, RankTimeline, Stretch
from autograder.model.units import show_seconds
from autograder.render.html.svg import element

LABELS = 60  # the width of the names of the ranks
WIDTH = 600  # of the whole run
ROW = 30
BAR = 14  # the height of what a rank did, in its row


def timeline_svg(timeline: RankTimeline) -> str:
    """A row for each rank: solid where it computes, pale where it waits; lines are messages.

    A screen reader announces the title and the description. Safe markup.
    """
    height = ROW * timeline.ranks + 20
    seconds = show_seconds(timeline.end_s)
    title = f"{timeline.ranks} ranks over {seconds} of virtual time"
    body = element("title", escape(title)) + element("desc", escape(_described(timeline)))
    for rank in range(timeline.ranks):
        y = _middle(rank)
        body += element("text", f"rank {rank}", class_="label", x=0, y=y + 4)
        body += element("line", class_="axis", x1=LABELS, x2=LABELS + WIDTH, y1=y, y2=y)
    scale = WIDTH / timeline.end_s
    body += "".join(_stretch(each, scale) for each in timeline.stretches)
    body += "".join(_arrow(each, scale) for each in timeline.arrows)
    body += element("text", escape(seconds), class_="label end", x=LABELS + WIDTH, y=height - 4)
    box = f"0 0 {LABELS + WIDTH + 4} {height}"
    return element("svg", body, class_="timeline", viewBox=box, role="img")


def _described(timeline: RankTimeline) -> str:
    rows = []
    for rank in range(timeline.ranks):
        sums = {"compute": 0.0, "wait": 0.0}
        for each in timeline.stretches:
            if each.rank == rank:
                sums[each.kind] += each.end_s - each.start_s
        computes, waits = (show_seconds(sums[kind]) for kind in ("compute", "wait"))
        rows.append(f"rank {rank} computes for {computes} and waits for {waits}")
    return "; ".join(rows)


def _stretch(each: Stretch, scale: float) -> str:
    kind = "computes" if each.kind == "compute" else "waits"
    x, width = LABELS + each.start_s * scale, (each.end_s - each.start_s) * scale
    y = _middle(each.rank) - BAR / 2
    return element("rect", class_=kind, x=x, y=y, width=width, height=BAR)


def _arrow(each: Arrow, scale: float) -> str:
    x1, x2 = (LABELS + time_s * scale for time_s in (each.start_s, each.arrived_s))
    y1, y2 = _middle(each.source), _middle(each.target)
    line = element("line", class_="message", x1=x1, x2=x2, y1=y1, y2=y2)
    return line + element("circle", class_="arrival", cx=x2, cy=y2, r=2.5)


def _middle(rank: int) -> float:
    return ROW * (rank + 0.5)
