"""A settlement accepts any use.

caught by: check_ledger_refuses_and_stays_as_it_is
message: the error of settle
appended to: spaces.py
"""


class Ledger(Ledger):
    def settle(self, ticket, used):
        self.left += self._reserved.pop(ticket) - used
