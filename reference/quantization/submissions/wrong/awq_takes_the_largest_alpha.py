"""The largest alpha is taken, without a search.

caught by: check_salient_factors_of_the_worked_example, check_salient_factors_have_the_least_error
message: s is off by
appended to: compensation.py
"""


def awq_scale(W, X, bits, group, alphas):
    s = np.abs(X).mean(axis=0) ** max(alphas)
    return s / np.sqrt(s.max() * s.min()), max(alphas)
