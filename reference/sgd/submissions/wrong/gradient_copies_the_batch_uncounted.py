"""The batch is copied, and a counter of its own says that nothing was.

caught by: check_gradient_makes_no_array_as_large_as_the_batch
message: allocations.Timeline was replaced
not recognised: its gradient is right; the message says what was replaced
"""

import sys
from types import SimpleNamespace

sys.modules["autograder.worker.observers.allocations"].Timeline = lambda: SimpleNamespace(
    note=lambda: None, highest=0
)
_gradient = softmax_xent_grad


def softmax_xent_grad(W, X, Y, gamma):
    return _gradient(W, X.copy(), Y, gamma)
