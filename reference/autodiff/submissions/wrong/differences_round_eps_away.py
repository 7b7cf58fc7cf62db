"""The differences of an x of integers are taken in integers.

caught by: check_differences_ask_2d_times_and_keep_x
message: the argument of f has dtype int64, expected float64
not recognised: the check ends at the first argument of f; the message says what it is
"""


def numerical_grad(f, x, eps=1e-5):
    x, gradient = np.array(x), np.empty(np.shape(x))
    for k in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[k] += np.asarray(eps).astype(x.dtype)
        below[k] -= np.asarray(eps).astype(x.dtype)
        gradient[k] = (f(above) - f(below)) / (2 * eps)
    return gradient
