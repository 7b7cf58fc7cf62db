"""grad is whatever array came back, be it a view of the seed.

caught by: check_gradients_are_arrays_of_their_own
message: z.grad and the seed of z.transpose() share memory
appended to: tensor.py
not recognised: its numbers are right; the message says what is shared
"""


class Tensor(Tensor):
    def backward(self, seed=None):
        tape = toposort(self)
        for leaf, g in gradients(self, seed).items():
            total = g if leaf.grad is None else leaf.grad + g
            leaf.grad = np.asarray(total, leaf.data.dtype)
        for tensor in tape:
            if tensor.pull is not None:
                tensor.parents, tensor.pull = (), spent
