"""The first trial is promoted while no other trial has finished, as in Ray.

caught by: check_promotions_of_one_worker
message: job 1
appended to: racing.py
"""


class ASHA(ASHA):
    def next_job(self):
        for k in range(len(self._ladder) - 2, -1, -1):
            finished = self._finished[k]
            ranking = sorted(finished, key=lambda trial: (rank(finished[trial]), trial))
            for trial in ranking[: max(1, len(ranking) // self._eta)]:
                if trial not in self._promoted[k]:
                    self._promoted[k].add(trial)
                    return trial, self._ladder[k + 1]
        self._trials += 1
        return self._trials - 1, self._ladder[0]
