"""Predicted costs: what is compared, who is off, what it looks like, and what cannot be forged."""

import sys
from functools import partial
from typing import Any

import pytest

from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, graded_once, text_of

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="NOT TESTED HERE: the second call is watched on Linux only"
)

STUDENT = """
import tracemalloc
import numpy as np

def product(A, B): return A @ B
def by_plain_arrays(A, B): return np.asarray(A) @ np.asarray(B)
def nothing_while_counted(A, B):
    return A @ B if type(A) is np.ndarray else np.zeros((len(A), B.shape[1]))
def two_arrays(x): return (x + 1.0) + (x + 2.0)
def nothing_while_traced(x):
    return x * 0 if tracemalloc.is_tracing() else (x + 1.0) + (x + 2.0)
def untraced(x):
    tracemalloc.stop()
    return (x + 1.0) + (x + 2.0)
def hidden_megabytes(x):
    tracing = tracemalloc.is_tracing()
    tracemalloc.stop()
    np.tile(np.ones(1_000_000), 12)
    if tracing: tracemalloc.start()
    return x
def velocity(n, d): return {"velocity": np.zeros((n, d)), "t": 3}
def send(ask, n):
    for k in range(n): ask(k)

def flops(m, k, p): return 2 * m * k * p
def flops_in_floats(m, k, p): return 2.0 * m * k * p
def multiplications(m, k, p): return m * k * p
def constant(m, k, p): return 2 * 3 * 4 * 5
def negative(m, k, p): return -2 * m * k * p
def array(m, k, p): return np.array([m, k, p])
def nothing(m, k, p): return None
def infinite(m, k, p): return float("inf")
def almost(m, k, p): return 2 * m * k * p + 0.5
def run(m, k, p): return 2 * (np.ones((m, k)) @ np.ones((k, p))).size * k
def bytes_of(n): return 3 * 8 * n
def bytes_loosely(n): return 3 * 8 * n * 1.05
def bytes_of_one(n): return 8 * n
def bytes_in_single(n): return 3 * 4 * n
def none_needed(n): return 0
def state_of(n, d): return 8 * n * d + 8
def messages(n): return n
def twice_the_messages(n): return 2 * n
"""
FLOPS = """
    def measure(m, k, p):
        A, B = rng.random((m, k)), rng.random((k, p))
        return accounting.flops(student.{function}, A, B, at_least=2 * m * k * p)
    shapes = [dict(m=3, k=4, p=5), dict(m=90, k=90, p=80)]
    accounting.compare(
        student.{prediction}, configurations=shapes, measure=measure, unit="FLOPs", {more}
    )
"""
BYTES = """
    accounting.compare(
        student.{prediction},
        configurations=[dict(n=20_000), dict(n=30_000)],
        measure=lambda n: accounting.bytes(student.{function}, rng.random(n)),
        unit="bytes", relative=0.1, absolute=4096, {more}
    )
"""
STATE = """
    accounting.compare(
        student.{prediction},
        configurations=[dict(n=3, d=4), dict(n=5, d=6)],
        measure=lambda n, d: accounting.state(student.{function}(n, d)),
        unit="bytes", {more}
    )
"""
MESSAGES = """
    def measure(n):
        ask = expect.calls(lambda k: k, at_most=1000)
        student.{function}(ask, n)
        return ask.made
    accounting.compare(
        student.{prediction}, configurations=[dict(n=3), dict(n=8)], measure=measure,
        unit="messages", {more}
    )
"""
# name: body, function that costs, prediction, more arguments, text of the message ("": passed)
CASES: dict[str, tuple[str, str, str, str, str]] = {
    "exact": (FLOPS, "product", "flops", "", ""),
    "whole_float": (FLOPS, "product", "flops_in_floats", "", ""),
    "unseen_product": (FLOPS, "by_plain_arrays", "flops", "", ""),
    "half": (
        FLOPS, "product", "multiplications", "",
        "multiplications is 60 for m = 3, k = 4, p = 5, but 120 FLOPs were measured",
    ),
    "all_shown": (
        FLOPS, "product", "multiplications", "",
        "m = 90, k = 90, p = 80: predicted 648 000, measured 1 296 000, ratio 0.5 (off)",
    ),
    "constant": (FLOPS, "product", "constant", "", "the same number for every configuration"),
    "within_said": (FLOPS, "product", "constant", "", "predicted 120, measured 120, ratio 1 (with"),
    "negative": (FLOPS, "product", "negative", "", "is -120, expected at least 0"),
    "array": (FLOPS, "product", "array", "", "is an array of shape (3,)"),
    "nothing": (FLOPS, "product", "nothing", "", "is None: nothing was returned"),
    "infinite": (FLOPS, "product", "infinite", "", "is inf"),
    "fraction": (FLOPS, "product", "almost", "", "allowed difference: none; ratio 1"),
    "run_to_predict": (FLOPS, "product", "run", "", "a cost is predicted before it is paid"),
    "loose": (BYTES, "two_arrays", "bytes_loosely", "", ""),
    "too_few_bytes": (BYTES, "two_arrays", "bytes_of_one", "", "allowed difference: 52 "),
    "single": (BYTES, "two_arrays", "bytes_in_single", "", "4 bytes a number where there are 8"),
    "untraced": (BYTES, "untraced", "none_needed", "", "the counting of bytes was switched off"),
    "state": (STATE, "velocity", "state_of", "", ""),
    "messages": (MESSAGES, "send", "messages", "", ""),
    "twice_the_messages": (MESSAGES, "send", "twice_the_messages", "", "twice what is measured"),
}  # fmt: skip
WATCHED: dict[str, tuple[str, str, str, str, str]] = {
    "no_products_while_counted": (
        FLOPS, "nothing_while_counted", "flops", "", "something else while its FLOPs are counted",
    ),
    "nothing_while_traced": (
        BYTES, "nothing_while_traced", "bytes_of_one", "", "something else while its bytes are",
    ),
    "hidden_megabytes": (BYTES, "hidden_megabytes", "none_needed", "", "the operating system saw"),
}  # fmt: skip


def source(name: str, case: tuple[str, str, str, str, str]) -> str:
    """The text of the check of a case."""
    body, function, prediction, more, _ = case
    head = f'@check(part="1.1", points=1)\ndef check_{name}(student, rng, accounting):\n'
    filled = body.format(function=function, prediction=prediction, more=more)
    return head + f'    """The case {name} holds."""\n' + filled.lstrip("\n") + "\n\n"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """The outcomes of all cases, from one grading for each kind of cost."""

    def grade(cases: dict[str, tuple[str, str, str, str, str]]) -> Report:
        tiny = Tiny(tmp_path_factory.mktemp("accounting") / "course")
        tiny.toml(call_s=20, check_s=60)
        tiny.checks("".join(source(name, case) for name, case in cases.items()))
        return tiny.grade(STUDENT)

    outcomes: dict[str, Outcome] = {}
    for kind in (FLOPS, BYTES, STATE, MESSAGES):
        cases = {name: case for name, case in (CASES | WATCHED).items() if case[0] == kind}
        name = f"accounting {len(outcomes)}"
        outcomes |= by_name(graded_once(tmp_path_factory, name, partial(grade, cases)))
    return outcomes


def require(outcome: Outcome, text: str) -> None:
    """Passed if no text is expected, else WRONG with that text."""
    verdict = Verdict.WRONG if text else Verdict.PASSED
    assert outcome.verdict is verdict, (text_of(outcome), outcome.staff)
    assert text in text_of(outcome)


@pytest.mark.parametrize("name", CASES)
def test_predictions_are_compared_with_what_is_counted(
    graded: dict[str, Outcome], name: str
) -> None:
    """Right predictions pass, in any numeric type; messages of others say what was measured."""
    require(graded[name], CASES[name][4])


@linux
@pytest.mark.parametrize("name", WATCHED)
def test_a_call_that_knows_it_is_counted_is_found_out(
    graded: dict[str, Outcome], name: str
) -> None:
    """A second call, uncounted and in a fresh worker, contradicts values and bytes."""
    require(graded[name], WATCHED[name][4])


def test_every_configuration_is_recorded(graded: dict[str, Outcome]) -> None:
    """Passed or not, an outcome holds predicted, measured and allowed for each configuration."""
    for name, measured in (("exact", 120.0), ("half", 120.0)):
        predictions = graded[name].predictions
        assert len(predictions) == 2
        assert predictions[0].configuration == "m = 3, k = 4, p = 5"
        assert (predictions[0].measured, predictions[0].allowed) == (measured, 0.0)
        assert predictions[0].within == (name == "exact")
    loose = graded["loose"].predictions[0]
    assert loose.measured == pytest.approx(3 * 8 * 20_000, abs=4000)
    assert loose.allowed == pytest.approx(0.1 * loose.measured + 4096)


def test_counts_are_the_same_again(graded: dict[str, Outcome]) -> None:
    """State, messages and FLOPs are exact: the recorded measurements are those of the formulas."""
    assert [p.measured for p in graded["state"].predictions] == [8 * 12 + 8, 8 * 30 + 8]
    assert [p.measured for p in graded["messages"].predictions] == [3, 8]
    assert [p.measured for p in graded["exact"].predictions] == [120, 2 * 90 * 90 * 80]


@pytest.mark.parametrize(
    ("configurations", "measure", "more", "text"),
    [
        ("[dict(m=1, k=2, p=3)]", "lambda m, k, p: 1", "", "two or more different configurations"),
        ("[dict(m=1, k=2, p=3)] * 2", "lambda m, k, p: 1", "", "two or more different"),
        ("[dict(m=1), dict(k=2)]", "lambda m, k: 1", "", "with the same names"),
        ("[dict(m=1, k=2, p=3), dict(m=2, k=2, p=3)]", "lambda m, k, p: None", "", "returned None"),
        ("[dict(m=1, k=2, p=3), dict(m=2, k=2, p=3)]", "lambda m, k, p: -1", "", "returned -1"),
        ("[dict(m=1, k=2, p=3), dict(m=2, k=2, p=3)]", "lambda m, k, p: 1", "relative=-1", "toler"),
        (
            "[dict(m=1, k=2, p=3), dict(m=2, k=2, p=3)]",
            "lambda m, k, p: accounting.saved_bytes(student.product, 1)",
            "",
            "add it to `libraries`",
        ),
    ],
)
def test_mistakes_of_authors_are_the_graders_fault(
    tmp_path: Any, configurations: str, measure: str, more: str, text: str
) -> None:
    """A comparison that cannot judge is a GRADER_ERROR that says what to change."""
    tiny = Tiny(tmp_path / "course")
    tiny.checks(
        '@check(part="1.1", points=1)\ndef check_it(student, accounting):\n    """It holds."""\n'
        f"    accounting.compare(student.flops, configurations={configurations},"
        f' measure={measure}, unit="FLOPs", {more})\n'
    )
    outcome = by_name(tiny.grade(STUDENT))["it"]
    assert outcome.verdict is Verdict.GRADER_ERROR
    assert text in outcome.staff


def test_torch_counters(tmp_path: Any) -> None:
    """FLOPs forwards and backwards, and saved bytes, of a layer are those of its shapes."""
    pytest.importorskip("torch", reason="NOT TESTED: FLOPs and saved bytes need torch")
    tiny = Tiny(tmp_path / "course")
    tiny.toml(call_s=20, check_s=60, memory='"1 GB"')
    path = tiny.public / "assignment.toml"
    path.write_text('libraries = ["numpy", "torch"]\n' + path.read_text())
    body = """
    accounting.compare(
        student.{prediction}, configurations=[dict(n=8, d=5), dict(n=70, d=30)], unit="{unit}",
        measure=lambda n, d: accounting.{counter}(student.layer, rng.random((n, d)){more}),
    )
"""
    cases = {
        "flops": ("FLOPs", "torch_flops", ", at_least=2 * n * d * 6"),
        "forward_flops": ("FLOPs", "torch_flops", ", at_least=2 * n * d * 6"),
        "saved": ("saved bytes", "saved_bytes", ""),
    }
    for name, (unit, counter, more) in cases.items():
        filled = body.format(prediction=name, unit=unit, counter=counter, more=more)
        head = f'@check(part="1.1", points=1)\ndef check_{name}(student, rng, accounting):\n'
        tiny.checks(f'{head}    """It holds."""{filled}', name=f"check_{name}.py")
    outcomes = by_name(
        tiny.grade("""
        import torch
        def layer(x):
            torch.manual_seed(1)
            x = torch.tensor(x, dtype=torch.float32, requires_grad=True)
            W = torch.randn(x.shape[1], 6, requires_grad=True)
            (x @ W).exp().sum().backward()
            return W.grad
        def flops(n, d): return 3 * 2 * n * d * 6
        def forward_flops(n, d): return 2 * n * d * 6
        def saved(n, d): return 4 * (n * d + d * 6 + n * 6)
        """)
    )
    require(outcomes["flops"], "")
    require(outcomes["saved"], "")
    require(outcomes["forward_flops"], "a third: the forward pass without the backward pass")


def test_configurations_drawn_from_the_secret_seed_stay_secret(tmp_path: Any) -> None:
    """A prediction right for the public inputs alone is WRONG, and shows the public ones only."""
    tiny = Tiny(tmp_path / "course")
    tiny.checks(
        '@check(part="1.1", points=1)\ndef check_drawn(student, rng, accounting):\n'
        '    """It holds."""\n'
        "    sizes = rng.integers(100, 10**6, size=2).tolist()\n"
        '    accounting.compare(student.f, configurations=[{"n": n} for n in sizes],'
        ' measure=lambda n: n, unit="messages")\n'
    )
    honest = by_name(tiny.grade("def f(n): return n"))["drawn"]
    shown = [prediction.configuration for prediction in honest.predictions]
    public = [int(text.partition(" = ")[2]) for text in shown]
    report = tiny.grade(f"def f(n): return n if n in {public} else 2 * n", hidden=True)
    outcome = by_name(report)["drawn"]
    assert outcome.verdict is Verdict.WRONG
    assert "but not with others drawn the same way" in text_of(outcome)
    assert [prediction.configuration for prediction in outcome.predictions] == shown
    assert "n = " not in text_of(outcome)
    assert "n = " in outcome.staff
