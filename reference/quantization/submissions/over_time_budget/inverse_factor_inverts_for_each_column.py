"""The columns that are left are inverted again for each row of the factor.

caught by: check_factor_takes_little_time
message: x yardstick
appended to: compensation.py
"""


def inverse_factor(H):
    U = np.zeros_like(H)
    for j in range(len(H)):
        left = np.linalg.inv(H[j:, j:])
        U[j, j:] = left[0] / np.sqrt(left[0, 0])
    return U
