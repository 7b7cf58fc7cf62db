"""The loss adds up the exponentials of each example in a map: 10 000 small sums, no step of Python.

caught by: check_cross_entropy_loops_over_no_examples
message: such as map, sum, np.vectorize
"""


class SoftmaxCrossEntropy(SoftmaxCrossEntropy):
    def value(self, logits, labels):
        shifted = logits - logits.max(axis=1, keepdims=True)
        of_label = shifted[np.arange(len(labels)), labels]
        sums = np.array(list(map(np.sum, np.exp(shifted))))
        return (np.log(sums) - of_label).mean(dtype=logits.dtype)
