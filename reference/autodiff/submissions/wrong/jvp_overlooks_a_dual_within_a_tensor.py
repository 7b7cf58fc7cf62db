"""A Tensor that f returns is taken for a constant, also if a Dual is within it.

caught by: check_jvp_of_tensors_is_right_or_refused
message: J v with an argument made a Tensor
appended to: forward.py
"""


def jvp(f, x, v):
    level = next(_levels)
    y = f(Dual(x, v, level))
    if getattr(y, "level", 0) != level:
        return y, np.zeros(np.shape(y), plain(y).dtype if np.ndim(plain(y)) else float)
    return y.value, y.tangent
