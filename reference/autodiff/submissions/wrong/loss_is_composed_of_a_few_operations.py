"""The loss of Tensors is put together from exp, sum, log, an index and a mean.

caught by: check_cross_entropy_makes_few_arrays
message: whether each parent of the loss is the Tensor of the logits
not recognised: truth values say too little
"""

_fused = softmax_cross_entropy


def softmax_cross_entropy(logits, labels):
    if not isinstance(logits, Tensor):
        return _fused(logits, labels)
    below = logits - plain(logits).max(axis=1, keepdims=True)
    right = below[np.arange(len(labels)), labels]
    return (below.exp().sum(axis=1).log() - right).mean()
