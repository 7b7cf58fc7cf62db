"""Each thread has a copy of the model.

caught by: check_threads_keep_little
message: the budget is
appended to: threads.py
"""

one_model = momentum_threaded


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    models = np.empty((T, *W0.shape), W0.dtype)

    def of_its_own(k, t, W, rows, out):
        models[t] = W
        grad_into(k, t, models[t], rows, out)

    return one_model(of_its_own, W0, alpha, beta, B, steps, T)
