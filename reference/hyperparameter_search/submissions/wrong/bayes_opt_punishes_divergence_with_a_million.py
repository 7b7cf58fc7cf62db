"""A run that diverged counts as a million.

caught by: check_bayes_opt_survives_divergence
message: of the highest expected improvement
appended to: bayesian.py
"""


def _standardised(y):
    filled = np.where(np.isfinite(y), y, 1e6)
    return (filled - filled.mean()) / (filled.std() or 1.0)
