"""np.mean of the squares instead of a product."""


def mean_square(x):
    return np.mean(x**2)
