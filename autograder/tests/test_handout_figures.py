"""What a handout says that the reference takes is what the proof of budgets measured."""

import re
from pathlib import Path

import pytest

from autograder.authoring.proofs.kind import Setting
from autograder.authoring.proofs.kinds.budgets import BudgetsProof
from autograder.model.assignment import load_assignment

ROOT = Path(__file__).resolve().parents[2]
NUMBER = r"([\d. ]*\d)"  # 14 400
NEAR = 0.15  # a figure is printed with two digits, and a clock's differs a little each time

# Of a budget: in its unit divided by the last, or in forward passes F where its formula has them.
CLAIMS = (
    ("sgd", f"{NUMBER} interpreter steps", "gradient_steps", 1.0),
    ("sgd", f"{NUMBER} MB in the gradient's memory check", "gradient_memory", 1e6),
    ("sgd", f"about {NUMBER} yardstick", "gradient_time", 1.0),
    ("momentum", f"about {NUMBER} interpreter steps", "step_steps", 1.0),
    ("momentum", f"{NUMBER} plain steps", "momentum_time", 1.0),
    ("momentum", f"{NUMBER} of Adam's yardstick", "adam_time", 1.0),
    ("autodiff", f"{NUMBER} interpreter steps", "gradient_steps", 1.0),
    ("autodiff", f"takes {NUMBER} F", "gradient_products of 9.6e+05", "F"),
    ("autodiff", f"its jvp takes {NUMBER} F", "jvp_products", "F"),
    ("autodiff", f"its hvp {NUMBER} F", "hvp_products", "F"),
    ("autodiff", f"takes {NUMBER} steps with all operations", "rule_steps", 1.0),
    ("autodiff", f"{NUMBER} with their tangents", "tangent_steps", 1.0),
    ("autodiff", f"{NUMBER} with the loss", "loss_steps", 1.0),
)


@pytest.mark.parametrize(("name", "claim", "budget", "unit"), CLAIMS)
def test_what_the_reference_takes(name: str, claim: str, budget: str, unit: float | str) -> None:
    """The sentence that begins with the reference, below the table of budgets."""
    assignment = load_assignment(ROOT / "assignments" / name, ROOT / "reference" / name)
    handout = " ".join((assignment.folder / "handout.md").read_text(encoding="utf-8").split())
    (sentence,) = re.findall(r"[Tt]he reference takes .+?\.(?= ##)", handout)
    found = re.search(claim, sentence)
    assert found, sentence

    figure = BudgetsProof(Setting(assignment, ROOT)).figures[budget]
    if unit == "F":
        formula = assignment.budgets[budget.partition(" ")[0]].operations
        assert isinstance(formula, str)
        unit = figure.budget / float(formula.removesuffix("*F"))
    assert float(found[1].replace(" ", "")) == pytest.approx(
        figure.reference / float(unit), rel=NEAR
    )
