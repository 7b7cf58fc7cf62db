"""The moments are float64 for every dtype.

caught by: check_sharded_adam_in_float32
message: has dtype
appended to: sharding.py
"""

in_its_own_dtype = zero1_step


def zero1_step(comm, params, grads, state, lr, *arguments, **keywords):
    return in_its_own_dtype(comm, params, grads, state, np.float64(lr), *arguments, **keywords)
