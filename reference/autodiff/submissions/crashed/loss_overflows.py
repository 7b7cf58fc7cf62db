"""The loss exponentiates the logits as they are.

caught by: check_cross_entropy_agrees_with_a_loop
message: overflow
"""


def _value(self, logits, labels):
    of_label = logits[np.arange(len(labels)), labels]
    return (np.log(np.exp(logits).sum(axis=1)) - of_label).mean()


SoftmaxCrossEntropy.value = _value
