"""The squares are added up in place, in one buffer.

appended to: bayesian.py
"""


def rbf_kernel(X, Z, gamma):
    K, away = np.zeros((len(X), len(Z))), np.empty((len(X), len(Z)))
    for j in range(X.shape[1]):
        np.subtract(X[:, j, None], Z[None, :, j], out=away)
        away *= away
        K += away
    K *= -gamma
    return np.exp(K, out=K)
