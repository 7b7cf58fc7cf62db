"""The columns with the least activity are rounded first.

caught by: check_activity_of_the_worked_example, check_activity_makes_exact_steps
message: the codes
appended to: compensation.py
"""


def gptq_by_activity(W, H, scale, zero, bits, symmetric):
    order = np.argsort(np.diag(H), kind="stable")
    U = inverse_factor(H[np.ix_(order, order)])
    codes = gptq(W[:, order], U, scale[:, order], zero[:, order], bits, symmetric)
    return codes[:, np.argsort(order)]
