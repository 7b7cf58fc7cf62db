"""Singular and plural in messages."""

import pytest

from autograder.grading.expectations.grammar import has_or_have, is_or_are


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("the loss", "the loss is"),
        ("the outputs", "the outputs are"),
        ("the asymmetric 8-bit scales", "the asymmetric 8-bit scales are"),
        ("the codes of layer 1", "the codes of layer 1 are"),
        ("the product (3 bits, 2 groups)", "the product (3 bits, 2 groups) is"),
        ("the number of steps", "the number of steps is"),
        ("the bias of the last layers", "the bias of the last layers is"),
        ("after 3 steps the models of all ranks", "after 3 steps the models of all ranks are"),
        ("the first points, of 8 that were drawn,", "the first points, of 8 that were drawn, are"),
        ("the parameters of rank 1, array 0", "the parameters of rank 1, array 0 is"),
        ("w after 3 steps", "w after 3 steps is"),
        ("what rng draws", "what rng draws is"),
    ],
)
def test_the_verb_belongs_to_the_subject(what: str, told: str) -> None:
    """Codes are wrong and a loss is; what is no plural with "the" is taken for a singular."""
    assert is_or_are(what) == told
    verb = "have" if told.endswith("are") else "has"
    assert has_or_have(what) == f"{what} {verb}"
