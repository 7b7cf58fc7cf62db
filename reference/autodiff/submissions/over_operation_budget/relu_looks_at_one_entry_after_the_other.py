"""The value of relu is computed entry by entry.

caught by: check_no_rule_loops_over_entries
message: interpreter steps
appended to: operations.py
"""


class ReLU(ReLU):
    def value(self, x):
        entries = [entry if entry > 0 else 0 for entry in x.ravel()]
        return np.array(entries, x.dtype).reshape(x.shape)
