"""A second array of state lies in memory that no allocator of Python counts.

caught by: check_momentum_allocates_one_array_of_state
message: the operating system saw the call use
appended to: optimisers.py
"""

import mmap


def _mapped(w):
    return np.frombuffer(mmap.mmap(-1, w.nbytes), w.dtype).reshape(w.shape)


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params, alpha, beta)
        self.steps = [_mapped(w) for w in params]

    def step(self, params, grads):
        for w, v, s, g in zip(params, self.velocities, self.steps, grads, strict=True):
            np.multiply(g, self.alpha, out=s)
            v *= self.beta
            v -= s
            w += v
