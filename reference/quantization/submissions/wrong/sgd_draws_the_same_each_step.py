"""Each step draws the same numbers.

caught by: check_sgd_of_the_worked_example, check_stochastic_sgd_draws_for_each_entry
message: 1 of 1 are wrong
"""


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    u = None if rng is None else rng.random(w.shape)
    w = scale * quantize(w, scale, 0, 8, symmetric=True)
    for _ in range(steps):
        step = (w - alpha * gradient(w)) / scale
        codes = np.rint(step) if u is None else np.floor(step + u)
        w = scale * np.clip(codes, -127, 127)
    return w
