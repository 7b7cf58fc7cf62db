"""Quantised layers and networks, calibration, and what all of it costs.

A layer computes x W^T + b with W (rows, d) and b (rows,). Between layers stands the ReLU.
"""

from collections.abc import Sequence

import numpy as np

from compensation import damped, gptq
from integers import (
    LossScaler,
    blas_product,
    exact_terms,
    fixed_point,
    from_bfloat16,
    integer_product,
    requantize,
    to_bfloat16,
)
