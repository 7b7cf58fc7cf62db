"""The workspace has room for a copy of the minibatch.

caught by: check_gradient_allocates_nothing
message: the budget is
appended to: threads.py
"""


class Workspace(Workspace):
    def __init__(self, B, d, c, dtype=np.float64):
        super().__init__(B, d, c, dtype)
        self.x = np.empty((B, d), dtype)


gradient_of_views = gradient_into


def gradient_into(W, X, Y, gamma, rows, out, work):
    x = work.x[: rows.stop - rows.start]
    x[:] = X[rows]
    gradient_of_views(W, X, Y, gamma, rows, out, work)
