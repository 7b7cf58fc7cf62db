"""The warm-up is drawn with another seed.

caught by: check_bayes_opt_counts_its_evaluations
message: the first points
appended to: bayesian.py
not recognised: its points are those of another seed, which could be any
"""

_search = bayes_opt


def bayes_opt(objective, d, n_warmup, n_total, gamma, sigma2, rng):
    return _search(objective, d, n_warmup, n_total, gamma, sigma2, np.random.default_rng(4787))
