"""The charts of a class report: every submission is counted once, and no eye for colours needed."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from autograder.classroom.outputs.class_page.charts import budget_chart, passed_bar, score_chart
from autograder.classroom.outputs.class_page.check_figures import BudgetFigures, CheckFigures
from autograder.classroom.outputs.class_page.page import class_page
from autograder.model.verdict import Verdict
from autograder.tests.classroom.made_up import ASSIGNMENT, a_class, loss

# What people without one kind of cone see, of linear RGB: Machado, Oliveira and Fernandes,
# "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
SEEN: dict[str, list[list[float]]] = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "no green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "no blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
CLEARLY = 50.0  # CIE 1976 colour difference; just visible is 2.3


def said(svg: str) -> tuple[str, str]:
    """Title and description."""
    root = ElementTree.fromstring(svg)
    return root.findtext("title") or "", root.findtext("desc") or ""


def test_every_score_is_in_one_bar() -> None:
    """A bar ends before the next begins; full marks and extra credit are in the last one."""
    title, text = said(score_chart([0, 9.99, 10, 55, 99.5, 100, 105], points=100))
    assert title == "Scores of 7 submissions"
    assert text == (
        "from 0 to less than 10: 2; from 10 to less than 20: 1; from 50 to less than 60: 1;"
        " from 90 to less than 100: 1; 100 or more: 2"
    )


def test_exactly_at_the_budget_is_within() -> None:
    """What is above it is over: in words, on the other side of the line, and striped."""
    budget = BudgetFigures("one_epoch")
    budget.shares = [0.0, 0.125, 0.9, 1.0, 1.001, 5.0]
    svg = budget_chart(budget)
    title, text = said(svg)
    assert title == "one epoch: 6 submissions, 2 over the budget"
    assert text == (
        "up to 1/8 times the budget: 2; up to 1 times the budget: 2;"
        " up to 1.25 times the budget: 1; more: 1"
    )
    mark = float(re.findall(r'class="mark" x1="([\d.]+)"', svg)[0])
    within, over = (
        [float(x) for x in re.findall(rf'class="{kind}" x="([\d.]+)"', svg)]
        for kind in ("used", "beyond")
    )
    assert max(within) < mark < min(over) and len(over) == 2
    assert svg.count('class="stripe"') >= 4


def test_nothing_measured_is_an_empty_chart() -> None:
    """It has no bar, and says so."""
    svg = budget_chart(BudgetFigures("t"))
    assert said(svg) == ("t: 0 submissions, 0 over the budget", "no submission")
    assert "<rect" not in svg


def test_who_did_not_pass_is_striped() -> None:
    """The bar of a check is divided as the submissions are; nothing is drawn for what is not."""
    check = CheckFigures(loss(Verdict.PASSED).check)
    for verdict in (Verdict.PASSED, Verdict.PASSED, Verdict.WRONG, Verdict.GRADER_ERROR):
        check.add("", loss(verdict))
    svg = passed_bar(check)
    assert said(svg) == ("passed 2 of 3, 66 %", "1 grader error, 1 wrong")
    widths = {
        rect.attrib["class"]: float(rect.attrib["width"])
        for rect in ElementTree.fromstring(svg).iter("rect")
    }
    assert widths == {"track": 300, "used": 150, "beyond": 75}
    assert "beyond" not in passed_bar(CheckFigures(check.check))


def lab(colour: str, seen: list[list[float]]) -> np.ndarray:
    """CIELAB of a colour, `#rrggbb`, as it is seen."""
    coded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    share = XYZ @ np.clip(np.array(seen) @ linear, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(colours: dict[str, str], one: str, other: str, eye: str) -> float:
    """How different two colours look to this eye."""
    return float(np.linalg.norm(lab(colours[one], SEEN[eye]) - lab(colours[other], SEEN[eye])))


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("dark", [False, True])
def test_colours_differ_to_every_eye(dark: bool, eye: str) -> None:
    """Passed from not passed, and both from the background."""
    style = class_page(*a_class(), ASSIGNMENT).split(":root")[2 if dark else 1].split("}")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style))
    assert difference(colours, "used", "beyond", eye) > CLEARLY
    for colour in ("used", "beyond"):
        assert difference(colours, colour, "card", eye) > CLEARLY


def test_red_and_green_would_be_noticed() -> None:
    """The measure of this file separates colours that not every eye can."""
    colours = {"green": "#2f7d55", "brown": "#c2571a"}
    assert difference(colours, "green", "brown", "all cones") > CLEARLY
    assert difference(colours, "green", "brown", "no red") < CLEARLY
