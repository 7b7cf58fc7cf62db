"""What is not sent is lost.

caught by: check_nothing_of_a_gradient_is_lost
message: the entries of message
appended to: compression.py
"""


class TopK:
    def __init__(self, k):
        self.k = k

    def compress(self, gradient):
        places = np.sort(np.argsort(-np.abs(gradient), kind="stable")[: self.k])
        return places, gradient[places]
