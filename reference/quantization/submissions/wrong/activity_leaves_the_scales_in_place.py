"""The columns are permuted, and their scales are not.

caught by: check_activity_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq_by_activity(W, H, scale, zero, bits, symmetric):
    order = np.argsort(-np.diag(H), kind="stable")
    U = inverse_factor(H[np.ix_(order, order)])
    return gptq(W[:, order], U, scale, zero, bits, symmetric)[:, np.argsort(order)]
