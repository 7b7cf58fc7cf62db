"""A class of threads that wait at a condition for the number of the step.

appended to: threads.py
"""


class Team:
    def __init__(self, T):
        self.T, self.step, self.ready, self.error = T, 0, 0, None
        self.changed = threading.Condition()

    def end_of_step(self, update):
        with self.changed:
            step = self.step
            self.ready += 1
            if self.ready == self.T and self.error is None:
                update()
                self.ready, self.step = 0, step + 1
                self.changed.notify_all()
            self.changed.wait_for(lambda: self.step > step or self.error is not None)
            return self.error is None

    def fail(self, error):
        with self.changed:
            self.error = self.error or error
            self.changed.notify_all()


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V, team = W0.copy(), np.zeros_like(W0), Team(T)
    shares = np.zeros((T, *W0.shape), W0.dtype)

    def update():
        for share in shares[1:]:
            shares[0] += share
        _step(W, V, shares[0], alpha, beta)

    def work(t):
        try:
            for k in range(steps):
                grad_into(k, t, W, shard(B, T, t), shares[t])
                if not team.end_of_step(update):
                    return
        except BaseException as error:  # of any kind: the caller gets it
            team.fail(error)

    _run_threads(work, T)
    if team.error is not None:
        raise team.error
    return W
