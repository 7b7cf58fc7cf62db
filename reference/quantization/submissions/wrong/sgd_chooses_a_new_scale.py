"""The scale is computed anew from the weights at each step.

caught by: check_sgd_of_the_worked_example, check_sgd_stays_on_its_grid
message: 1 of 1 are wrong
"""


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    w = scale * quantize(w, scale, 0, 8, symmetric=True)
    for _ in range(steps):
        step = w - alpha * gradient(w)
        scale = float(np.abs(step).max()) / 127
        if rng is None:
            codes = quantize(step, scale, 0, 8, symmetric=True)
        else:
            codes = quantize_stochastic(step, scale, 0, 8, symmetric=True, rng=rng)
        w = scale * codes
    return w
