"""The slopes of the loss are computed example by example.

caught by: check_cross_entropy_loops_over_no_examples
message: interpreter steps
"""


class SoftmaxCrossEntropy(SoftmaxCrossEntropy):
    def slopes(self, logits, labels):
        if not isinstance(logits, np.ndarray):
            return super().slopes(logits, labels)
        slopes = np.empty_like(logits)
        for row, scores, label in zip(slopes, logits, labels, strict=True):
            odds = np.exp(scores - scores.max())
            row[:] = odds / odds.sum()
            row[label] -= 1
        return slopes / len(labels)
