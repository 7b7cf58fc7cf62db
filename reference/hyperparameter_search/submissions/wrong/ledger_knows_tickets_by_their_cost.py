"""Two reservations of the same cost have one ticket.

caught by: check_ledger_knows_its_tickets
message: the error of settle
appended to: spaces.py
"""


class Ledger(Ledger):
    def reserve(self, cost):
        ticket = super().reserve(cost)
        self._reserved[f"for {cost}"] = self._reserved.pop(ticket)
        return f"for {cost}"
