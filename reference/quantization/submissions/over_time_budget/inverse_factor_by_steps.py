"""The factor comes from one step of optimal brain quantisation for each column.

caught by: check_factor_takes_little_time
message: x yardstick
appended to: compensation.py
"""


def inverse_factor(H):
    left, U = np.linalg.inv(H), np.zeros_like(H)
    for j in range(len(H)):
        U[j, j:] = left[j, j:] / np.sqrt(left[j, j])
        left = obq_step(left[j], left, j, 0.0)[1]
    return U
