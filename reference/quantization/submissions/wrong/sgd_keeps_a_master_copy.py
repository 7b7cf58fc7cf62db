"""The steps are added up in a copy that is never rounded.

caught by: check_sgd_of_the_worked_example, check_sgd_stays_on_its_grid
message: 1 of 1 are wrong
"""


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    master = w.astype(np.float64)
    for step in range(steps + 1):
        if rng is None or step == 0:
            w = scale * quantize(master, scale, 0, 8, symmetric=True)
        else:
            w = scale * quantize_stochastic(master, scale, 0, 8, symmetric=True, rng=rng)
        if step < steps:
            master = master - alpha * gradient(w)
    return w
