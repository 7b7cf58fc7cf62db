"""What is not sent is lost.

caught by: (later)
message: (later)
appended to: compression.py
"""


class TopK:
    def __init__(self, k):
        self.k = k

    def compress(self, gradient):
        places = np.sort(np.argsort(-np.abs(gradient), kind="stable")[: self.k])
        return places, gradient[places]
