"""What the network keeps of each message, for the check and the report."""

import math

import numpy as np


class Transfer:
    """One message, from one rank to another."""

    def __init__(
        self, source: int, target: int, number: int, line: str, payload: np.ndarray, posted_s: float
    ) -> None:
        self.source, self.target, self.number = source, target, number  # of the pair's messages
        self.line = line
        self.payload: np.ndarray | None = payload  # until it is taken
        self.dtype, self.shape, self.nbytes = payload.dtype, payload.shape, payload.nbytes
        self.checksum: int | None = None  # of an isend
        self.posted_s = posted_s
        self.start_s = self.sent_s = self.arrived_s = math.nan  # until they are known

    @property
    def arrived(self) -> bool:
        """Whether its arrival is known."""
        return not math.isnan(self.arrived_s)
