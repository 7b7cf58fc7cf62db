"""The tangent has the dtype of y where f does not use its argument, also if y is a Dual.

caught by: check_jvp_of_what_is_not_used_is_zero
message: has no attribute 'dtype'
appended to: forward.py
"""


def jvp(f, x, v):
    level = next(_levels)
    y = f(Dual(x, v, level))
    if isinstance(y, Tensor):
        raise TypeError("f returns a Tensor")
    if getattr(y, "level", 0) != level:
        y = np.asarray(y) if isinstance(y, int | float) else y
        return y, np.zeros(y.shape, y.dtype)
    return y.value, y.tangent
