"""The start is rounded with rng, too.

caught by: check_sgd_of_the_worked_example, check_stochastic_sgd_draws_for_each_entry
message: w after
"""


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    def rounded(v):
        if rng is None:
            return scale * quantize(v, scale, 0, 8, symmetric=True)
        return scale * quantize_stochastic(v, scale, 0, 8, symmetric=True, rng=rng)

    w = rounded(w)
    for _ in range(steps):
        w = rounded(w - alpha * gradient(w))
    return w
