"""numpy.argmin chooses, which takes NaN for the lowest.

caught by: check_choice_is_never_a_diverged_run
message: the configurations tested
"""


def honest_choice(configs, validate, test):
    scores = [validate(config) for config in configs]
    best = int(np.argmin(scores))
    return Choice(best, scores[best], test(configs[best]))
