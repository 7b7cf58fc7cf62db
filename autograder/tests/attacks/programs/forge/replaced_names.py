"""Replaces a program and what the channel uses: one assignment each.

expect: points only for right values
passes: none
"""

import sys

import numpy as np

np.ascontiguousarray = np.asarray
setattr(sys.modules["programs"], "peek", lambda student: "contained")  # noqa: B010
