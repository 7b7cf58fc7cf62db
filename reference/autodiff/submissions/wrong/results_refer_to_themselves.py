"""The rule of a Tensor refers to that Tensor: a cycle.

caught by: check_a_dropped_result_frees_its_tape
message: alive after their result was dropped
appended to: tensor.py
not recognised: a count of 10 says too little
"""

_acyclic = recorded


def recorded(y, parents, pull):
    result = _acyclic(y, parents, pull)
    if result.pull is not None:
        result.pull = lambda g, result=result: pull(g)
        result.pull.__defaults__ = (result,)
    return result
