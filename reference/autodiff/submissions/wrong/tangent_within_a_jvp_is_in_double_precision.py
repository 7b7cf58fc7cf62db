"""Zeros have the type of y, but double precision where y is a Dual, which has no dtype.

caught by: check_jvp_of_what_is_not_used_is_zero
message: has dtype float64
appended to: forward.py
"""


def jvp(f, x, v):
    level = next(_levels)
    y = f(Dual(x, v, level))
    if isinstance(y, Tensor):
        raise TypeError("f returns a Tensor")
    if getattr(y, "level", 0) != level:
        return y, np.zeros(np.shape(y), getattr(y, "dtype", float))
    return y.value, y.tangent
