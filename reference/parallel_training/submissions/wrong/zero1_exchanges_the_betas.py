"""beta1 and beta2 change places.

caught by: check_sharded_adam_equals_adam
message: is off by
appended to: sharding.py
"""

in_place = zero1_step


def zero1_step(comm, params, grads, state, lr, beta1=0.9, beta2=0.999, *more, **keywords):
    return in_place(comm, params, grads, state, lr, beta2, beta1, *more, **keywords)
