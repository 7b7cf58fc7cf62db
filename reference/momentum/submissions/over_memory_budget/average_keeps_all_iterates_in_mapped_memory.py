"""The average keeps every iterate, in memory that no allocator of Python counts.

caught by: check_average_takes_no_more_memory_with_more_updates
message: the operating system saw the call use
"""

import mmap


class IterateAverage(IterateAverage):
    def __init__(self, w, start=0):
        super().__init__(w, start)
        self.iterates = []

    def update(self, w):
        super().update(w)
        self.iterates.append(mmap.mmap(-1, w.nbytes))
        self.iterates[-1].write(w.tobytes())
