"""A ledger reserves more than is left.

caught by: check_ledger_of_the_worked_example
message: the error of reserve
appended to: spaces.py
"""


class Ledger(Ledger):
    def reserve(self, cost):
        left, self.left = self.left, max(cost, self.left)
        ticket = super().reserve(cost)
        self.left = left - cost
        return ticket
