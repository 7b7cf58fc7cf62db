"""The workspace has float64 for every dtype.

caught by: check_gradient_allocates_nothing
message: the budget is
appended to: threads.py
"""


class Workspace(Workspace):
    def __init__(self, B, d, c, dtype=np.float64):
        super().__init__(B, d, c)
