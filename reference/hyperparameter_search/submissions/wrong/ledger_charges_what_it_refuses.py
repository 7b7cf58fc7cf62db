"""A refused reservation is charged.

caught by: check_ledger_of_the_worked_example
message: what is left after reserve
appended to: spaces.py
"""


class Ledger(Ledger):
    def reserve(self, cost):
        self.left -= cost
        if self.left < 0:
            raise OverBudget
        self.left += cost
        return super().reserve(cost)
