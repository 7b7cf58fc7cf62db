"""Steps are rounded to the nearest, with rng too, and small ones are lost.

caught by: check_sgd_of_the_worked_example, check_stochastic_sgd_draws_for_each_entry
message: 1 of 1 are wrong
"""


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    w = scale * quantize(w, scale, 0, 8, symmetric=True)
    for _ in range(steps):
        w = scale * quantize(w - alpha * gradient(w), scale, 0, 8, symmetric=True)
    return w
