"""A report with every verdict, visible and hidden, and canaries where secrets would stand."""

from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Measurement, Message, Outcome, Prediction, StudentLine
from autograder.model.report import Part, Report
from autograder.model.verdict import Verdict

CANARY = "CANARY-7f3a"  # in every field of a hidden outcome that a student must not see
STAFF_CANARY = "STAFF-91bc"  # in staff texts, of visible checks too
CANARY_NUMBER = 8675309.0

PARTS = (
    Part(id="1.1", title="The loss", points=10, hours=1),
    Part(id="1.2", title="The gradient", points=14, hours=2),
    Part(id="2.1", title="Minibatches without copies", points=16, hours=3),
    Part(id="3.1", title="Momentum", points=4, hours=1, optional=True),
)


def declaration(name: str, part: str, points: float = 4, **changes: object) -> CheckDeclaration:
    """A check whose title is made from its name."""
    title = f"The {name.replace('_', ' ')}."
    fields = {"id": f"check_{name}", "title": title, "part": part, "points": points, **changes}
    return CheckDeclaration(**fields)  # type: ignore[arg-type]


def hidden_outcome(verdict: Verdict, name: str = "loss_on_other_shapes") -> Outcome:
    """A hidden outcome with a canary in every field that only staff may see."""
    return Outcome(
        check=declaration(
            name, "1.1", 2, visible=False, hint="handout, section 2.1", file=f"{CANARY}.py",
            needs=(f"check_{CANARY}",), why=f"{CANARY} why", oracle=f"{CANARY} oracle",
            requires=(CANARY,),
        ),
        verdict=verdict,
        score=2 if verdict is Verdict.PASSED else 0,
        message=Message(f"{CANARY} what", f"{CANARY} detail", f"{CANARY} like", f"{CANARY} hint"),
        lines=(
            StudentLine(file=f"{CANARY}.py", line=8675309, function=CANARY),
            StudentLine("sgd.py", 31, CANARY, "return scores.max()"),
        ),
        output=f"{CANARY} printed",
        note=f"{CANARY} note",
        measurements=(
            Measurement(
                name=CANARY, kind="memory", value=CANARY_NUMBER, budget=CANARY_NUMBER,
                unit="bytes", detail=CANARY,
            ),
        ),
        predictions=(
            Prediction(
                name=CANARY, configuration=CANARY, predicted=CANARY_NUMBER,
                measured=CANARY_NUMBER, allowed=CANARY_NUMBER, unit=CANARY,
            ),
        ),
        staff=f"{STAFF_CANARY} {CANARY}",
        wall_s=CANARY_NUMBER,
        cpu_s=CANARY_NUMBER,
    )  # fmt: skip


def _visible_failures() -> tuple[Outcome, ...]:
    return (
        Outcome(
            check=declaration("loss_of_two_examples", "1.1", hint="handout, section 2.1"),
            verdict=Verdict.WRONG,
            message=Message(
                "the loss is off by a factor of 64",
                "worst at [2, 5]: got 12.8, expected 0.2",
                "a sum over the batch where a mean was asked for",
            ),
            lines=(StudentLine("sgd.py", 18, "softmax_xent", "return -np.sum(Y * logp)"),),
            output="epoch 0: 2.3026\nepoch 1: 2.1100\n",
            staff=f"{STAFF_CANARY} traceback",
        ),
        Outcome(
            check=declaration("gradient_keeps_its_shape", "1.2"),
            verdict=Verdict.CRASHED,
            message=Message("raised ValueError: shapes (7,3) and (11,3) not aligned"),
            lines=(
                StudentLine("sgd.py", 40, "train", "step(W)"),
                StudentLine("sgd.py", 27, "step", "return X.T @ W.T"),
            ),
        ),
        Outcome(
            check=declaration("gradient_is_the_derivative_of_the_loss", "1.2", 6),
            verdict=Verdict.SKIPPED,
            message=Message("needs check_gradient_keeps_its_shape, which did not pass"),
        ),
        Outcome(check=declaration("step_size", "1.2", 2), verdict=Verdict.NOT_FOUND),
        Outcome(check=declaration("stopping_rule", "1.2", 2), verdict=Verdict.NOT_IMPLEMENTED),
        Outcome(check=declaration("huge_batch", "2.1", 2), verdict=Verdict.MEMORY_LIMIT),
        Outcome(check=declaration("epoch_order", "2.1", 2), verdict=Verdict.GRADER_ERROR),
    )


def _budget(name: str, kind: str, value: float, budget: float, unit: str) -> Measurement:
    detail = "3*B*c*8 + 64*KiB" if kind == "memory" else ""
    return Measurement(name=name, kind=kind, value=value, budget=budget, unit=unit, detail=detail)


def _prediction(
    configuration: str, predicted: float, measured: float, allowed: float
) -> Prediction:
    return Prediction(
        name="predict_bytes", configuration=configuration, predicted=predicted,
        measured=measured, allowed=allowed, unit="bytes",
    )  # fmt: skip


PREDICTIONS = (
    _prediction("B = 750, d = 30", 259_200, 313_768, allowed=96_912),
    _prediction("B = 30, d = 750", 244_800, 491_168, allowed=114_653),
    _prediction("B = 1, d = 1", 3, 0, allowed=0),
)


def _budgeted() -> tuple[Outcome, ...]:
    memory = _budget("minibatch_memory", "memory", 37_700_000, 1_250_000, "bytes")
    steps = _budget("one_epoch", "operations", 61_214, 4_000, "interpreter steps")
    time = _budget("full_gradient", "time", 3.12, 3.0, "x yardstick")
    growth = _budget("steps_per_example", "operations", 0.02, 0.2, "growth exponent")
    return (
        Outcome(
            check=declaration("minibatch_is_a_view", "2.1", 4),
            verdict=Verdict.OVER_MEMORY_BUDGET,
            score=2,
            message=Message("allocated 37.7 MB above the inputs; the budget is 1.25 MB"),
            measurements=(memory,),
        ),
        Outcome(
            check=declaration("epoch_has_no_loop_over_examples", "2.1", 2),
            verdict=Verdict.OVER_OPERATION_BUDGET,
            measurements=(steps,),
        ),
        Outcome(
            check=declaration("gradient_time", "2.1", 2),
            verdict=Verdict.OVER_TIME_BUDGET,
            measurements=(time,),
        ),
        Outcome(check=declaration("endless_epoch", "2.1", 2), verdict=Verdict.TIME_LIMIT),
        Outcome(
            check=declaration("training_lowers_the_loss", "2.1", 2),
            verdict=Verdict.PASSED,
            score=2,
            note="too noisy to tell: within the budget in 9 of 17 pairs",
            measurements=(growth,),
            wall_s=0.61,
            cpu_s=0.52,
        ),
        Outcome(
            check=declaration("momentum_step", "3.1", 4, optional=True),
            verdict=Verdict.PASSED,
            score=4,
            predictions=PREDICTIONS,
        ),
    )


def full_report(**changes: object) -> Report:
    """Every verdict at least once visible, and two hidden outcomes."""
    passed = Outcome(check=declaration("loss_is_a_number", "1.1"), verdict=Verdict.PASSED, score=4)
    hidden = (
        hidden_outcome(Verdict.PASSED, "loss_of_large_logits"),
        hidden_outcome(Verdict.WRONG),
    )
    fields = {
        "assignment": "sgd",
        "title": "Stochastic gradient descent",
        "parts": PARTS,
        "outcomes": (
            passed,
            *_visible_failures()[:1],
            *hidden,
            *_visible_failures()[1:],
            *_budgeted(),
        ),
        "files": {"sgd.py": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
        "ignored": ("notes.txt: not a file this assignment asks for",),
        "notices": ("sgd.py has Windows line ends; that is fine.",),
        "staff_notices": (f"{STAFF_CANARY}: the submission reads /proc",),
        "machine": {"python": "3.11.7", "numpy": "2.2.1", "processor": "x86_64, 2 cores"},
        "isolation": {"process": "active", "seccomp": "not on this system"},
        "graded_at": "2026-11-22T08:00:00Z",
        **changes,
    }
    return Report(**fields)  # type: ignore[arg-type]


def passing_report() -> Report:
    """A report in which everything passed."""
    outcomes = tuple(o for o in full_report().outcomes if o.verdict is Verdict.PASSED)
    return full_report(outcomes=outcomes)


def report_with_output(output: str) -> Report:
    """One failing visible check whose student code printed this."""
    outcome = Outcome(check=declaration("loss", "1.1"), verdict=Verdict.WRONG, output=output)
    return full_report(outcomes=(outcome,))
