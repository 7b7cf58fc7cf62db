"""The gradient of a function is zero within no_grad.

caught by: check_gradients_of_functions, check_gradients_of_functions_within_no_grad
message: within no_grad
appended to: tensor.py
"""

import contextlib as _contextlib

_switch = recording


def recording(on):
    return _contextlib.nullcontext() if on else _switch(False)
