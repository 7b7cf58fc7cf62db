"""The factor comes from H with its columns in reverse, by one Cholesky and a solve.

appended to: compensation.py
"""


def damped(H, damp):
    result = H.copy()
    unused = H.diagonal() == 0
    places = np.arange(len(H))
    result[places, places] += damp * np.trace(H) / len(H)
    result[places[unused], places[unused]] = 1
    return result


def inverse_factor(H):
    V = np.linalg.cholesky(H[::-1, ::-1])[::-1, ::-1]
    return np.triu(np.linalg.solve(V, np.eye(len(H))))


def obq_step(w, H_inv, j, value):
    free = np.flatnonzero(np.diag(H_inv))
    others = free[free != j]
    moved, rest = w.copy(), np.zeros_like(H_inv)
    moved[others] -= (w[j] - value) * H_inv[others, j] / H_inv[j, j]
    moved[j] = value
    column = H_inv[others, j : j + 1]
    rest[np.ix_(others, others)] = H_inv[np.ix_(others, others)] - column @ column.T / H_inv[j, j]
    return moved, rest


def gptq_by_activity(W, H, scale, zero, bits, symmetric):
    order = sorted(range(len(H)), key=lambda k: (-H[k, k], k))
    P = np.eye(len(H))[order]
    U = inverse_factor(P @ H @ P.T)
    result = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    result[:, order] = gptq(W[:, order], U, scale[:, order], zero[:, order], bits, symmetric)
    return result
