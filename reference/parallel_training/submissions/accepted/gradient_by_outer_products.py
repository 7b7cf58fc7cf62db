"""The gradient is taken row by row, with a workspace that is a dict.

appended to: threads.py
"""


def Workspace(B, d, c, dtype=np.float64):
    return {"p": np.empty(c, dtype), "share": np.empty((c, d), dtype)}


def gradient_into(W, X, Y, gamma, rows, out, work):
    p, share, B = work["p"], work["share"], len(X)
    out.fill(0)
    for x, y in zip(X[rows], Y[rows], strict=True):
        np.dot(W, x, out=p)
        p -= p.max()
        np.exp(p, out=p)
        p /= p.sum()
        p -= y
        np.multiply(p[:, None], x, out=share)
        out += share
        np.multiply(W, gamma, out=share)
        out += share
    out /= B
