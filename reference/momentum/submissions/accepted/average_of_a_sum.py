"""The average as a sum and a count; schedules by ifs; predictions by walking."""


class IterateAverage:
    def __init__(self, w, start=0):
        self.total, self.count, self.skip = np.array(w), 1, start

    def update(self, w):
        if self.skip >= 0:
            self.total[...], self.count = w, 1
            self.skip -= 1
        else:
            self.total += w
            self.count += 1

    def value(self):
        return self.total / self.count


def lr_schedule(kind, t, T, warmup=0):
    if kind not in ("constant", "inverse_sqrt", "linear", "cosine"):
        raise ValueError(kind)
    if t < warmup:
        return np.float64(t + 1) / warmup
    if kind == "constant":
        return 1
    if kind == "inverse_sqrt":
        return (t - warmup + 1) ** -0.5
    left = (T - t) / (T - warmup)
    return left if kind == "linear" else np.sin(np.pi / 2 * left) ** 2


def clip_by_global_norm(grads, c):
    norm = np.linalg.norm([np.linalg.norm(g.astype(np.float64)) for g in grads])
    if norm > c:
        for g in grads:
            np.multiply(g, c / norm, out=g, casting="same_kind")
    return norm


def predict_iterations(method, mu, L, ratio):
    alpha, beta = optimal_momentum(mu, L) if method == "heavy_ball" else (2 / (L + mu), 0)
    e, before, steps = np.ones(2), np.ones(2), 0
    while np.linalg.norm(e) > ratio * 2**0.5:
        e, before = e - alpha * np.array([mu, L]) * e + beta * (e - before), e
        steps += 1
    return steps
