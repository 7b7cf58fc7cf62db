"""The zero of a group of negative numbers lies beyond the codes.

As in a GPTQ of Keras.

caught by: check_parameters_of_the_worked_example
message: the asymmetric scale of numbers from
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low, high = np.asarray(low, np.float64), np.asarray(high, np.float64)
    largest = code_range(bits, symmetric)[1]
    if symmetric:
        most = np.maximum(np.abs(low), np.abs(high))
        scale = np.maximum(most / largest, SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / largest, SMALLEST_SCALE)
    return scale, np.rint(-low / scale).astype(np.int64)
