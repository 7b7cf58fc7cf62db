"""The differences are taken to one side.

caught by: check_central_differences_of_a_cubic
message: the differences for eps = 0.1
"""


def numerical_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    gradient, here = np.empty(x.shape), f(x)
    for k in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[k] = eps
        gradient[k] = (f(x + step) - here) / eps
    return gradient
