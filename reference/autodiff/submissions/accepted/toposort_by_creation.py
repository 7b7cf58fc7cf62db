"""Topological order by the time of creation: parents are older.

appended to: tensor.py
"""

import itertools

_clock = itertools.count()
_without_time = Tensor.__init__


def _init(self, data, requires_grad=False):
    _without_time(self, data, requires_grad)
    self.created = next(_clock)


def toposort(root):
    found, waiting = {root}, [root]
    while waiting:
        new = set(waiting.pop().parents) - found
        found |= new
        waiting += new
    return sorted(found, key=lambda tensor: tensor.created)


Tensor.__init__ = _init
