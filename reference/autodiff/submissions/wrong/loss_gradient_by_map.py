"""The gradient of the loss exponentiates the logits within map, one number after the other.

caught by: check_cross_entropy_loops_over_no_examples
message: the time of a loop over its entries
"""

_at_once = SoftmaxCrossEntropy.slopes


def _slopes(self, logits, labels):
    if not isinstance(logits, np.ndarray):
        return _at_once(self, logits, labels)
    shifted = logits - logits.max(axis=1, keepdims=True)
    odds = np.array(list(map(math.exp, shifted.flat)), logits.dtype).reshape(logits.shape)
    one_hot = np.eye(logits.shape[1], dtype=logits.dtype)[labels]
    return (odds / odds.sum(axis=1, keepdims=True) - one_hot) / len(labels)


SoftmaxCrossEntropy.slopes = _slopes
