"""The loss is made of single operations, each with arrays on the tape.

caught by: check_cross_entropy_makes_few_arrays
message: whether each parent of the loss is the Tensor of the logits
not recognised: truth values say too little
"""


def softmax_cross_entropy(logits, labels):
    shifted = logits - plain(logits).max(axis=1, keepdims=True)
    odds = shifted.exp()
    log_p = shifted - odds.sum(axis=1, keepdims=True).log()
    one_hot = np.eye(logits.shape[1], dtype=plain(logits).dtype)[labels]
    return -(log_p * one_hot).sum(axis=1).mean()
