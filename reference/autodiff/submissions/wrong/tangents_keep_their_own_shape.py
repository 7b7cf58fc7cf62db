"""The tangent of a sum has the shape of the summand that changes, not of the result.

caught by: check_tangents_of_random_expressions
message: has shape
appended to: forward.py
"""


def _perform(self, op, inputs, settings):
    mine = {i: x for i, x in enumerate(inputs) if getattr(x, "level", 0) == self.level}
    xs = [x.value if i in mine else x for i, x in enumerate(inputs)]
    y = apply(op, *xs, **settings)
    pushed = [op.jvp(i, x.tangent, y, *xs, **settings) for i, x in mine.items()]
    return Dual(y, sum(pushed[1:], pushed[0]), self.level)


Dual.perform = _perform
