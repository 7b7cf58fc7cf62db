"""A Tensor that f returns gives the tangent of the Dual within it, unless it is on the tape.

appended to: forward.py
"""


def jvp(f, x, v):
    level = next(_levels)
    y = f(Dual(x, v, level))
    if isinstance(y, Tensor):
        if y.requires_grad:
            raise TypeError("the tangent would not be on the tape")
        y = y.data
    if getattr(y, "level", 0) != level:
        return y, np.zeros(np.shape(y), floating(plain(y)).dtype)
    return y.value, y.tangent
