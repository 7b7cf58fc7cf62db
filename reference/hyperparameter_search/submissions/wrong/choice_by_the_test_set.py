"""The choice is made on the test set.

caught by: check_choice_is_made_on_validation
message: the test set was looked at
"""


def honest_choice(configs, validate, test):
    scores = [validate(config) for config in configs]
    tested = [test(config) for config in configs]
    best = min(range(len(tested)), key=lambda trial: rank(tested[trial]))
    return Choice(best, scores[best], tested[best])
