"""What a yardstick is proposed from."""

import json

import numpy as np

from autograder.worker.observers.recorded_operations import observe


def test_operations_on_arrays_in_lists_are_noted() -> None:
    """Optimisers get their parameters in lists, and change them in place."""

    def step(params: list[np.ndarray], grads: tuple[np.ndarray, ...]) -> None:
        for w, g in zip(params, grads, strict=True):
            w -= 0.5 * g

    params, grads = [np.ones((2, 3)), np.ones(4)], (np.ones((2, 3)), np.ones(4))
    _, seen = observe(step, (params, grads), {}, "")

    rows = [(json.loads(row)["op"], count) for row, count in seen.items()]
    assert sorted(rows) == 2 * [("multiply", 1)] + 2 * [("subtract", 1)]
    assert np.array_equal(params[0], np.full((2, 3), 0.5))  # the caller's array, not another one
