"""Curves as one line chart in SVG."""

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from autograder.model.outcome import Curve
from autograder.render.html.axis import Axis, axis_of
from autograder.render.html.svg import element, picture

WIDTH, HEIGHT = 620, 280  # without the legend
LEFT, RIGHT, TOP, BOTTOM = 66, 14, 10, 42
LEGEND_ROW = 20
MOST_POINTS = 300  # more are thinned out: the page stays small and no eye sees the difference
STYLES = 4  # line styles of the page: colour and dashes differ together

Point = tuple[float, float]


class _Frame(NamedTuple):
    """Where values become coordinates."""

    x: Axis
    y: Axis
    top: float

    def at(self, point: Point) -> Point:
        right, bottom = WIDTH - RIGHT, self.top + HEIGHT - BOTTOM
        x = LEFT + self.x.place(point[0]) * (right - LEFT)
        return x, bottom - self.y.place(point[1]) * (bottom - self.top)


def line_chart(curves: Sequence[Curve]) -> str:
    """The curves over common axes, with a legend; logarithmic where the range asks for it.

    Points that are not finite interrupt their line. Empty without curves.
    """
    if not curves:
        return ""
    points = [_points(curve) for curve in curves]
    finite = [point for row in points for point in row if _is_finite(point)]
    legend = _legend(curves)
    top = TOP + LEGEND_ROW * len(curves)
    frame = _Frame(
        axis_of(x for x, _ in finite), axis_of((y for _, y in finite), round_ends=True), top
    )
    lines = "".join(_line(frame, row, number % STYLES) for number, row in enumerate(points))
    empty = "" if finite else _text("no point to draw", WIDTH / 2, top + HEIGHT / 2, "label middle")
    body = legend + _grid(frame, curves[0]) + lines + empty
    title = " and ".join(curve.name for curve in curves)
    desc = ". ".join(_describe(curve, row) for curve, row in zip(curves, points, strict=True))
    return picture(WIDTH, top + HEIGHT, "chart", title, desc, body)


def _points(curve: Curve) -> list[Point]:
    return list(zip(curve.x, curve.y, strict=False))  # a check may have stopped between the two


def _is_finite(point: Point) -> bool:
    return math.isfinite(point[0]) and math.isfinite(point[1])


def _describe(curve: Curve, points: list[Point]) -> str:
    values = [point[1] for point in points if _is_finite(point)]
    missing = len(points) - len(values)
    gaps = f", {missing} not finite" if missing else ""
    if not values:
        return f"{curve.name}: no point to draw{gaps}"
    ends = f"from {values[0]:.4g} to {values[-1]:.4g}"
    span = f"lowest {min(values):.4g}, highest {max(values):.4g}"
    return f"{curve.name}: {len(values)} points, {ends}, {span}{gaps}"


def _legend(curves: Sequence[Curve]) -> str:
    rows = []
    for number, curve in enumerate(curves):
        y = TOP + LEGEND_ROW * number
        style = f"line line-{number % STYLES}"
        rows.append(element("line", class_=style, x1=LEFT, x2=LEFT + 28, y1=y, y2=y))
        rows.append(_text(curve.name, LEFT + 36, y + 4, "label"))
    return "".join(rows)


def _grid(frame: _Frame, curve: Curve) -> str:
    right, bottom = WIDTH - RIGHT, frame.top + HEIGHT - BOTTOM
    parts = []
    for value in frame.y.ticks():
        y = frame.at((frame.x.low, value))[1]
        parts.append(element("line", class_="grid", x1=LEFT, x2=right, y1=y, y2=y))
        parts.append(_text(f"{value:.6g}", LEFT - 8, y + 4, "tick end"))
    for value in frame.x.ticks():
        x = frame.at((value, frame.y.low))[0]
        parts.append(element("line", class_="axis", x1=x, x2=x, y1=bottom, y2=bottom + 4))
        parts.append(_text(f"{value:.6g}", x, bottom + 18, "tick middle"))
    parts.append(element("line", class_="axis", x1=LEFT, x2=right, y1=bottom, y2=bottom))
    parts.append(
        _text(_axis_label(curve.x_label, frame.x), (LEFT + right) / 2, bottom + 36, "label middle")
    )
    return "".join(parts) + _y_label(_axis_label(curve.y_label, frame.y), (frame.top + bottom) / 2)


def _axis_label(label: str, axis: Axis) -> str:
    return f"{label} (log scale)".strip() if axis.log else label


def _y_label(label: str, middle: float) -> str:
    turned = f"rotate(-90 14 {middle:g})"
    return _text(label, 14, middle, "label middle", transform=turned)


def _text(text: str, x: float, y: float, class_: str, **more: object) -> str:
    return element("text", escape(text), class_=class_, x=x, y=y, **more) if text else ""


def _line(frame: _Frame, points: list[Point], style: int) -> str:
    parts = []
    for run in _runs(points):
        places = [frame.at(point) for point in _thinned(run)]
        if len(places) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(element("polyline", class_=f"line line-{style}", points=path))
        if len(places) <= 20:
            parts += [
                element("circle", class_=f"dot dot-{style}", cx=x, cy=y, r=3) for x, y in places
            ]
    return "".join(parts)


def _runs(points: list[Point]) -> Iterable[list[Point]]:
    """The stretches of finite points."""
    run: list[Point] = []
    for point in points:
        if _is_finite(point):
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _thinned(points: list[Point]) -> list[Point]:
    """Both ends, and the lowest and the highest of each of equal stretches between: spikes stay."""
    if len(points) <= MOST_POINTS:
        return points
    size = -(-2 * len(points) // MOST_POINTS)
    kept = [points[0]]
    for start in range(0, len(points), size):
        stretch = range(start, min(start + size, len(points)))
        low = min(stretch, key=lambda i: points[i][1])
        high = max(stretch, key=lambda i: points[i][1])
        kept += [points[i] for i in sorted({low, high})]
    return [*kept, points[-1]]
