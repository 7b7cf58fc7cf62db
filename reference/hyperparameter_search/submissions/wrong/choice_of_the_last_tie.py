"""The last of equal scores is chosen.

caught by: check_choice_is_never_a_diverged_run
message: the configurations tested
"""


def honest_choice(configs, validate, test):
    scores = [validate(config) for config in configs]
    best = min(range(len(scores)), key=lambda trial: (rank(scores[trial]), -trial))
    return Choice(best, scores[best], test(configs[best]))
