"""The timeline of a cluster's ranks: drawn for a failing check, hidden with a hidden one."""

import msgspec

from autograder.grading.cluster.network import Network, VirtualNetwork
from autograder.grading.cluster.timeline import timeline_of
from autograder.model.outcome import Arrow, Outcome, RankTimeline, Stretch
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.html.page import render
from autograder.render.html.timeline import LABELS, WIDTH, timeline_svg
from autograder.tests.grading.tiny import Tiny, by_name, check_source
from autograder.tests.render.page import Page
from autograder.tests.render.reports import declaration, full_report

TIMELINE = RankTimeline(
    ranks=2,
    end_s=4.0,
    stretches=(Stretch(0, "compute", 0.0, 1.0), Stretch(1, "wait", 0.0, 3.0)),
    arrows=(Arrow(0, 1, 1.0, 3.0),),
)


def test_what_ranks_did_is_drawn_to_scale() -> None:
    """A rectangle for each stretch, a line and a dot for each message, and all of it in words."""
    page = Page(timeline_svg(TIMELINE))
    rectangles = {each["class"]: each for each in page.all("rect")}
    assert float(rectangles["computes"]["width"] or 0) == WIDTH / 4
    assert float(rectangles["waits"]["width"] or 0) == WIDTH * 3 / 4
    (message,) = (each for each in page.all("line") if each["class"] == "message")
    assert float(message["x1"] or 0) == LABELS + WIDTH / 4
    assert float(message["x2"] or 0) == LABELS + WIDTH * 3 / 4
    assert "rank 1 computes for 0 ms and waits for 3 s" in page.text


def test_the_page_draws_it_for_visible_checks_only() -> None:
    """Students do not see how a hidden check was spent; staff do."""
    report = full_report()
    for visible, staff, count in ((True, False, 1), (False, False, 0), (False, True, 1)):
        outcome = Outcome(
            check=declaration("ring", "1.1", visible=visible),
            verdict=Verdict.WRONG,
            timeline=TIMELINE,
        )
        page = Page(render(msgspec.structs.replace(report, outcomes=(outcome,)), staff=staff))
        assert len(page.all("figure")) == count


def test_a_timeline_is_small_and_finite() -> None:
    """It is cut where it would be too much to draw, and left out where time is none."""
    network = VirtualNetwork(1, Network(), None)
    assert timeline_of(network) is None
    for _ in range(500):
        network.compute(0, "", 1.0)
    timeline = timeline_of(network)
    assert timeline is not None
    assert timeline.is_cut and len(timeline.stretches) == 400 and timeline.end_s == 500.0
    for _ in range(2):
        network.compute(0, "", 1e308)
    assert timeline_of(network) is None


def test_it_travels_through_the_report(tiny: Tiny) -> None:
    """A failing check has that of its last run, a passing one none; JSON keeps it."""
    run = "run = cluster.run(student.f, size=2, inputs=lambda rank: ())\n"
    wrong = 'expect.equal(run.values, [1, 1], what="the values")'
    tiny.checks(
        check_source("right", f"{run}expect.equal(run.values, [0, 1], what='the values')")
        + check_source("wrong", run + wrong)
        + check_source("stuck", "cluster.run(student.g, size=2, inputs=lambda rank: ())")
    )
    report = tiny.grade("""
        def f(comm):
            comm.compute(2.0)
            comm.send(1 - comm.rank, np.zeros(3))
            comm.recv(1 - comm.rank)
            return comm.rank
        def g(comm):
            comm.compute(1.0)
            comm.recv(1 - comm.rank)
        import numpy as np
    """)
    report = msgspec.json.decode(msgspec.json.encode(report), type=Report)
    found = {name: outcome.timeline for name, outcome in by_name(report).items()}
    assert found["right"] is None
    assert found["stuck"] and found["stuck"].end_s == 1.0
    assert found["wrong"] and found["wrong"].stretches[0] == Stretch(0, "compute", 0.0, 2.0)
    assert [(a.source, a.target, a.start_s) for a in found["wrong"].arrows] == [
        (0, 1, 2.0),
        (1, 0, 2.0),
    ]
