"""Of columns with equal activity the higher number is rounded first.

caught by: check_activity_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq_by_activity(W, H, scale, zero, bits, symmetric):
    order = np.argsort(np.diag(H), kind="stable")[::-1]
    U = inverse_factor(H[np.ix_(order, order)])
    codes = gptq(W[:, order], U, scale[:, order], zero[:, order], bits, symmetric)
    return codes[:, np.argsort(order)]
