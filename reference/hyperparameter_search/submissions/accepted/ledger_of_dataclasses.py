"""Tickets are objects that know what they have reserved.

appended to: spaces.py
"""

from dataclasses import dataclass


@dataclass(eq=False)
class Ticket:
    cost: int


class Ledger:
    def __init__(self, budget):
        self.budget, self.spent, self.open = budget, 0, set()

    @property
    def left(self):
        return self.budget - self.spent - sum(ticket.cost for ticket in self.open)

    def reserve(self, cost):
        if cost < 0:
            raise ValueError(cost)
        if cost > self.left:
            raise OverBudget(cost)
        ticket = Ticket(cost)
        self.open.add(ticket)
        return ticket

    def settle(self, ticket, used):
        if ticket not in self.open:
            raise KeyError(ticket)
        if used < 0 or used > ticket.cost:
            raise ValueError(used)
        self.open.remove(ticket)
        self.spent += used
