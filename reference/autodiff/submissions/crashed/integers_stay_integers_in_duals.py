"""A Dual holds what it is given, integers too.

caught by: check_float32_stays_float32
message: raised
appended to: forward.py
"""


def _init(self, value, tangent, level=1):
    self.value, self.tangent, self.level = value, tangent, level


Dual.__init__ = _init
