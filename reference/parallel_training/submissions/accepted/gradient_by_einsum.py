"""The gradient is written with einsum, and its workspace is a dataclass of one flat buffer.

appended to: threads.py
"""

from dataclasses import dataclass


@dataclass
class Workspace:
    B: int
    d: int
    c: int
    dtype: type = np.float64

    def __post_init__(self):
        B, d, c = self.B, self.d, self.c
        flat = np.empty(B * c + B + c * d, self.dtype)
        self.scores, self.column, self.model = np.split(flat, [B * c, B * c + B])


def gradient_into(W, X, Y, gamma, rows, out, work):
    x, y = X[rows], Y[rows]
    b, (c, d) = len(x), W.shape
    P = work.scores[: b * c].reshape(b, c)
    column = work.column[:b, None]
    np.einsum("bd,cd->bc", x, W, out=P)
    column[:] = P[:, :1]
    for k in range(1, c):
        np.maximum(column, P[:, k : k + 1], out=column)
    np.exp(np.subtract(P, column, out=P), out=P)
    np.einsum("bc->b", P, out=column[:, 0])
    np.divide(P, column, out=P)
    np.subtract(P, y, out=P)
    np.einsum("bc,bd->cd", P, x, out=out)
    model = work.model.reshape(c, d)
    np.multiply(W, gamma * b, out=model)
    np.add(out, model, out=out)
    out /= len(X)
