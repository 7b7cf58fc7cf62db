"""A trial is an object that trains itself.

appended to: racing.py
"""

from dataclasses import dataclass


@dataclass
class Trial:
    number: int
    config: dict
    state: object = None
    score: float = math.inf

    def advance(self, train, epochs):
        self.score, self.state = train(config=self.config, epochs=epochs, state=self.state)
        return Evaluation(self.number, epochs, self.score)

    def __lt__(self, other):
        if math.isnan(self.score) or math.isnan(other.score):
            return not math.isnan(self.score)
        return self.score < other.score


def successive_halving(configs, train, ladder, eta):
    everybody = [Trial(i, config) for i, config in enumerate(configs)]
    alive, history = everybody, []
    for epochs in ladder:
        history.extend(trial.advance(train, epochs) for trial in alive)
        alive = sorted(alive)
        for loser in alive[max(1, len(alive) // eta) :]:
            loser.state = None
        best = alive[0].number
        alive = sorted(alive[: max(1, len(alive) // eta)], key=lambda trial: trial.number)
    return Search([trial.config for trial in everybody], history, best)
