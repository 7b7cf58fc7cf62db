"""The loss adds up what each example contributes, one after the other.

caught by: check_cross_entropy_loops_over_no_examples
message: interpreter steps
"""


class SoftmaxCrossEntropy(SoftmaxCrossEntropy):
    def value(self, logits, labels):
        total = logits.dtype.type(0)
        for scores, label in zip(logits, labels, strict=True):
            shifted = scores - scores.max()
            total += np.log(np.exp(shifted).sum()) - shifted[label]
        return total / logits.dtype.type(len(labels))
