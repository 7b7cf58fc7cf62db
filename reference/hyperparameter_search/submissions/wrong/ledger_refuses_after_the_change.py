"""A refused settlement spends the ticket.

caught by: check_ledger_refuses_and_stays_as_it_is
message: the error of settle
appended to: spaces.py
"""


class Ledger(Ledger):
    def settle(self, ticket, used):
        reserved = self._reserved.pop(ticket)
        if not 0 <= used <= reserved:
            raise ValueError
        self.left += reserved - used
