"""The operations are those for each bit.

caught by: check_predicted_operations_for_each_byte
message: predict_flops_per_byte is
not recognised: the few numbers of a formula say too little; the message says what was measured
"""


def predict_flops_per_byte(bits_per_weight):
    return 2 / bits_per_weight
