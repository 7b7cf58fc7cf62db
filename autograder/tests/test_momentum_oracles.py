"""The oracle of the optimisers of assignment momentum, against torch's optimisers."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch

from autograder.machine.files import import_file

ORACLES = Path(__file__).resolve().parents[2] / "reference" / "momentum" / "oracles.py"
STEPS = 50
ADAM = {"alpha": 0.05, "rho1": 0.8, "rho2": 0.95, "eps": 1e-3}
Make = Callable[[Any], torch.optim.Optimizer]
PAIRS: dict[str, tuple[dict[str, float], Make]] = {
    "SGDMomentum": (
        {"alpha": 0.05, "beta": 0.8},
        lambda params: torch.optim.SGD(params, lr=0.05, momentum=0.8),
    ),
    "Nesterov": (
        {"alpha": 0.05, "beta": 0.8},
        lambda params: torch.optim.SGD(params, lr=0.05, momentum=0.8, nesterov=True),
    ),
    "AdaGrad": (
        {"alpha": 0.3, "eps": 1e-2},
        lambda params: torch.optim.Adagrad(params, lr=0.3, eps=1e-2),
    ),
    "RMSProp": (
        {"alpha": 0.05, "rho": 0.7, "eps": 1e-2},
        lambda params: torch.optim.RMSprop(params, lr=0.05, alpha=0.7, eps=1e-2),
    ),
    "Adam": (
        ADAM,
        lambda params: torch.optim.Adam(params, lr=0.05, betas=(0.8, 0.95), eps=1e-3),
    ),
    "AdamW": (
        ADAM | {"weight_decay": 0.4},
        lambda params: torch.optim.AdamW(
            params, lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.4
        ),
    ),
}


@pytest.fixture(scope="module")
def oracles() -> ModuleType:
    """The module of the oracles."""
    if not ORACLES.exists():
        pytest.skip("NOT TESTED HERE: a student's copy has no reference")
    return import_file(ORACLES, "oracles_of_momentum")


@pytest.mark.parametrize("name", PAIRS)
def test_the_oracle_of_an_optimiser_is_what_torch_computes(name: str, oracles: ModuleType) -> None:
    """Fifty steps in float64 on two parameters, with a constant step size."""
    options, make = PAIRS[name]
    rng = np.random.default_rng(4787)
    params = [rng.standard_normal((3, 4)), rng.standard_normal(5)]
    grads = [[rng.standard_normal(w.shape) for w in params] for _ in range(STEPS)]
    tensors = [torch.tensor(w, requires_grad=True) for w in params]
    optimiser = make(tensors)
    for gradients in grads:
        for tensor, gradient in zip(tensors, gradients, strict=True):
            tensor.grad = torch.tensor(gradient)
        optimiser.step()

    path = oracles.optimiser_path(name, params, grads, options)
    for tensor, expected in zip(tensors, path[-1], strict=True):
        assert np.allclose(tensor.detach().numpy(), expected, rtol=0, atol=1e-13)
