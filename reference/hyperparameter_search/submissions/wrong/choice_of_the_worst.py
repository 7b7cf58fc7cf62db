"""The highest validation score is chosen.

caught by: check_choice_is_made_on_validation
message: the configurations tested
"""


def honest_choice(configs, validate, test):
    scores = [validate(config) for config in configs]
    best = max(range(len(scores)), key=lambda trial: scores[trial])
    return Choice(best, scores[best], test(configs[best]))
