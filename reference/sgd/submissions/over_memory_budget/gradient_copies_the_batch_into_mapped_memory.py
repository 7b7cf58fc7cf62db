"""The batch is copied in single precision, into memory that no allocator of Python counts.

caught by: check_gradient_makes_no_array_as_large_as_the_batch
message: the operating system saw the call use
"""

import mmap

_gradient = softmax_xent_grad


def softmax_xent_grad(W, X, Y, gamma):
    pages = mmap.mmap(-1, 4 * X.size)
    np.frombuffer(pages, np.float32).reshape(X.shape)[...] = X
    return _gradient(W, X, Y, gamma)
