"""Each thread trains a model of its own, and these are averaged.

caught by: check_hogwild_shares_the_steps
message: is off by
appended to: threads.py
"""


def hogwild(grad_into, W0, alpha, B, steps, T):
    models = np.repeat(W0[None], T, axis=0)

    def work(t):
        G = np.empty_like(W0)
        for k in range(t, steps, T):
            grad_into(k, t, models[t], slice(0, B), G)
            models[t] -= alpha * G

    _run_threads(work, T)
    return models.mean(axis=0)
