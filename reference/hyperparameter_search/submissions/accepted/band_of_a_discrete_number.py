"""The band is the mean of a number that takes few values."""


def tuning_band(scores, ks, alpha, low, high):
    n = len(scores)
    eps = np.sqrt(np.log(2.0 / alpha) / n / 2)
    values = np.concatenate([[low], np.sort(scores), [high]])

    def bound(shift):
        share = np.minimum(np.maximum(np.arange(n + 1) / n + shift, 0.0), 1.0)
        tails = np.concatenate([[1.0], 1.0 - share, [0.0]])
        return np.array([-np.diff(tails**k) @ values for k in ks])

    return bound(eps), bound(-eps)


def predict_cholesky_operations(n):
    return sum((n - j) * (j + 1) for j in range(n))


def predict_epochs(R, eta, resume):
    costs = []
    for rows in brackets(R, eta):
        reached = [0, *(r for _, r in rows)] if resume else [0] * (len(rows) + 1)
        costs += [n * (r - b) for (n, r), b in zip(rows, reached, strict=False)]
    return sum(costs)
