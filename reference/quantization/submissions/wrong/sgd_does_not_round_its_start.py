"""The first gradient is taken at a start that is not rounded.

caught by: check_sgd_stays_on_its_grid
message: w after 0 steps: 6 of 6 are wrong
"""


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    for _ in range(steps):
        step = w - alpha * gradient(w)
        if rng is None:
            w = scale * quantize(step, scale, 0, 8, symmetric=True)
        else:
            w = scale * quantize_stochastic(step, scale, 0, 8, symmetric=True, rng=rng)
    return w
