"""The algorithms as one small class that remembers what to list."""


class Monitor:
    """Takes steps and keeps the models to be listed."""

    def __init__(self, grad_fn, W0, alpha, period):
        self.grad_fn, self.alpha, self.period = grad_fn, alpha, period
        self.W, self.models, self.steps = W0.copy(), [W0.copy()], 0

    def step(self, idx):
        """One step along the gradient over idx."""
        self.W -= self.alpha * self.grad_fn(self.W, idx)
        self.steps += 1
        if self.steps % self.period == 0:
            self.models.append(self.W.copy())

    def listed(self):
        """The models, with the final one."""
        if self.steps % self.period:
            self.models.append(self.W.copy())
        return self.models


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    monitor = Monitor(grad_fn, W0, alpha, monitor_period)
    for _ in range(num_iters):
        monitor.step(slice(None))
    return monitor.listed()


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    monitor = Monitor(grad_fn, W0, alpha, monitor_period)
    for _ in range(num_epochs * n):
        monitor.step(rng.integers(0, n, size=1))
    return monitor.listed()


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    return sgd_minibatch_sequential(grad_fn, W0, n, alpha, 1, num_epochs, monitor_period)


def sgd_minibatch(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    monitor = Monitor(grad_fn, W0, alpha, monitor_period)
    for _ in range(num_epochs):
        for _ in range(0, n, B):
            monitor.step(rng.integers(0, n, size=B))
    return monitor.listed()


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    monitor = Monitor(grad_fn, W0, alpha, monitor_period)
    for _ in range(num_epochs):
        for start in range(0, n, B):
            monitor.step(slice(start, start + B))  # the end may lie behind the last row
    return monitor.listed()
