"""The gradient is rounded instead of the weights after the step.

caught by: check_sgd_of_the_worked_example, check_sgd_stays_on_its_grid
message: 1 of 1 are wrong
"""


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    w = scale * quantize(w, scale, 0, 8, symmetric=True)
    for _ in range(steps):
        if rng is None:
            codes = quantize(alpha * gradient(w), scale, 0, 8, symmetric=True)
        else:
            slope = alpha * gradient(w)
            codes = quantize_stochastic(slope, scale, 0, 8, symmetric=True, rng=rng)
        w = w - scale * codes
    return w
