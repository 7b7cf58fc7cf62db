"""The test set is looked at beside every validation.

caught by: check_choice_is_made_on_validation
message: were not validated yet
not recognised: it gives no answer; the check's message says when it looked
"""


def honest_choice(configs, validate, test):
    pairs = [(validate(config), test(config)) for config in configs]
    best = min(range(len(pairs)), key=lambda trial: rank(pairs[trial][0]))
    return Choice(best, *pairs[best])
