"""What the checks run beside your code, continued: sparse products, and gradients on their way."""

from types import ModuleType
from typing import Any

import numpy as np


def product_of_entries(
    student: ModuleType,
    values: np.ndarray,
    columns: np.ndarray,
    starts: np.ndarray,
    shape: tuple[int, int],
    x: np.ndarray,
) -> Any:
    """The product of a matrix that is given by its entries with x."""
    return student.csr_matvec(student.Csr(values, columns, starts, shape), x)


def sent(student: ModuleType, k: int, gradients: np.ndarray) -> list[Any]:
    """What is sent of one gradient after another; each stands in the same array as the last one.

    A second object gets the gradients with the opposite sign in between.
    """
    compressor, other = student.TopK(k), student.TopK(k)
    buffer, messages = np.empty(gradients.shape[1]), []
    for gradient in gradients:
        buffer[:] = gradient
        messages.append(compressor.compress(buffer))
        buffer[:] = -gradient
        other.compress(buffer)
    return messages


def sent_of_read_only(student: ModuleType, k: int, gradients: list[np.ndarray]) -> list[Any]:
    """What is sent of gradients to which nothing can be written."""
    compressor, messages = student.TopK(k), []
    for gradient in gradients:
        gradient.setflags(write=False)
        messages.append(compressor.compress(gradient))
    return messages
