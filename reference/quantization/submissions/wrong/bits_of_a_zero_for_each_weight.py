"""Every weight has a zero of its own.

caught by: check_predicted_bits_of_a_weight
message: predict_bits_per_weight is
not recognised: the few numbers of a formula say too little; the message says what was measured
"""


def predict_bits_per_weight(bits, group, scale_bits, zero_bits):
    return bits + zero_bits + scale_bits / group
