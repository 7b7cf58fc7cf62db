"""A free worker gets no job while others are running.

caught by: check_promotions_of_many_workers
message: job
appended to: racing.py
not recognised: it gives no answer; the check's message says so
"""


class ASHA(ASHA):
    def next_job(self):
        self._running = getattr(self, "_running", 0) + 1
        return super().next_job() if self._running == 1 else None

    def report(self, trial, epochs, score):
        self._running -= 1
        super().report(trial, epochs, score)
