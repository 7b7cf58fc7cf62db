"""Feed mutated frames to the grader's decoder: `python ci/fuzz_channel.py --minutes 30`.

Fails with the seed and the bytes at the first exception that is not a ProtocolError.
"""

import argparse
import time

from autograder.tests.sandbox.fuzz import fuzz

_ROUNDS = 2000


def main() -> None:
    """Fuzz until the time is over, one seed after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    arguments = parser.parse_args()
    end, seed, refused = time.monotonic() + 60 * arguments.minutes, arguments.seed, 0
    while True:
        refused += fuzz(seed, _ROUNDS)
        seed += 1
        if time.monotonic() >= end:
            break
    frames = (seed - arguments.seed) * _ROUNDS
    print(f"{frames} frames, {refused} refused, the others harmless; next seed: {seed}")


if __name__ == "__main__":
    main()
