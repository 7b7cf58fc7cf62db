"""A ledger charges the whole reserve.

caught by: check_ledger_of_the_worked_example
message: what is left after settle
appended to: spaces.py
"""


class Ledger(Ledger):
    def settle(self, ticket, used):
        super().settle(ticket, self._reserved[ticket])
