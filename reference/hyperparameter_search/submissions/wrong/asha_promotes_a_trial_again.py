"""A trial is promoted from a rung again and again.

caught by: check_promotions_of_one_worker
message: expected
appended to: racing.py
"""


class ASHA(ASHA):
    def next_job(self):
        for k in range(len(self._ladder) - 2, -1, -1):
            finished = self._finished[k]
            ranking = sorted(finished, key=lambda trial: (rank(finished[trial]), trial))
            for trial in ranking[: len(ranking) // self._eta]:
                if True:
                    self._promoted[k].add(trial)
                    return trial, self._ladder[k + 1]
        self._trials += 1
        return self._trials - 1, self._ladder[0]
