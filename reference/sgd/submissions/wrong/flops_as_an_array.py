"""The operations of both products are returned, not their sum.

caught by: check_predicted_flops_are_the_counted_ones
message: is an array of shape (2,) and dtype int64, expected a number
not recognised: two small whole numbers say too little; the check's message says what is returned
"""


def predict_flops(B, d, c):
    return np.array([2 * B * c * d, 2 * B * c * d])
