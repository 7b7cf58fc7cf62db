"""Distances, masks, lists and loops take the place of the library's functions.

appended to: compression.py
"""


def encode(x, codebook):
    middles = (codebook[:-1] + codebook[1:]) / 2
    return (np.asarray(x)[..., None] > middles).sum(axis=-1).astype(np.uint8)


def kmeans_codebook(x, k, steps):
    entries = np.sort(x, axis=None)
    values = entries[0] + (entries[-1] - entries[0]) * np.arange(k) / max(k - 1, 1)
    for _ in range(steps):
        of = encode(entries, values)
        values = np.array(
            [entries[of == i].mean() if np.any(of == i) else values[i] for i in range(k)]
        )
    return values


def prune(W, sparsity):
    places = sorted(range(W.size), key=lambda i: (abs(W.flat[i]), i))
    mask = np.ones(W.size, bool)
    mask[places[: int(np.floor(sparsity * W.size))]] = False
    return np.where(mask.reshape(W.shape), W, W.dtype.type(0))


def to_csr(W):
    values, columns, starts = [], [], [0]
    for row in W:
        (there,) = row.nonzero()
        values.extend(row[there])
        columns.extend(there)
        starts.append(len(values))
    arrays = np.array(values, np.float32), np.array(columns, np.int32), np.array(starts, np.int32)
    return Csr(*arrays, tuple(W.shape))


def csr_matvec(sparse, x):
    ends = zip(sparse.starts[:-1], sparse.starts[1:], strict=True)
    rows = (slice(start, end) for start, end in ends)
    return np.array([sparse.values[r].astype(float) @ x[sparse.columns[r]] for r in rows])


def low_rank(W, r):
    U, singular, Vt = np.linalg.svd(W)
    root = np.sqrt(singular[:r])
    return U[:, :r] * root, (Vt[:r].T * root).T


class TopK:
    def __init__(self, k):
        self.k, self.rest = k, 0.0

    def compress(self, gradient):
        self.rest = self.rest + gradient
        order = sorted(range(len(gradient)), key=lambda i: (-abs(self.rest[i]), i))
        places = np.array(sorted(order[: self.k]))
        sent = self.rest[places]
        self.rest[places] -= sent
        return places, sent


def distillation_loss(student, teacher, T):
    a, b = teacher / T, student / T
    a = a - np.logaddexp.reduce(a, axis=1, keepdims=True)
    b = b - np.logaddexp.reduce(b, axis=1, keepdims=True)
    n = student.shape[0]
    loss = np.einsum("ij,ij->", np.exp(a), a - b) * T * T / n
    return float(loss), (np.exp(b) - np.exp(a)) * (T / n)
