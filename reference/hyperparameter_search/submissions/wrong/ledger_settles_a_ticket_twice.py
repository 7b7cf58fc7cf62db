"""A ticket can be settled twice.

caught by: check_ledger_refuses_and_stays_as_it_is
message: the error of settle
appended to: spaces.py
"""


class Ledger(Ledger):
    def settle(self, ticket, used):
        reserved = self._reserved[ticket]
        super().settle(ticket, used)
        self._reserved[ticket] = reserved
