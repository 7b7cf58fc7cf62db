"""The differences move the entries of the caller's x.

caught by: check_central_differences_of_a_cubic
message: read-only
"""


def numerical_grad(f, x, eps=1e-5):
    gradient = np.empty(x.shape)
    for k in np.ndindex(x.shape):
        x[k] += eps
        above = f(x)
        x[k] -= 2 * eps
        gradient[k] = (above - f(x)) / (2 * eps)
        x[k] += eps
    return gradient
