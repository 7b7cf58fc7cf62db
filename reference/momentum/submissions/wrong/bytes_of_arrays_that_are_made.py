"""The arrays are made, and their bytes asked for.

caught by: check_predicted_state_is_what_is_allocated
message: a cost is predicted before it is paid
not recognised: its answers are right; the check's message says what it does
"""


def predict_state_bytes(optimiser, num_params, itemsize):
    count = 2 if optimiser.startswith("Adam") else 1
    return sum(np.zeros(num_params, f"f{itemsize}").nbytes for _ in range(count))
