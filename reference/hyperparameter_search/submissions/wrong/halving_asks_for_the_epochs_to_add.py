"""Training is asked for the epochs to add.

caught by: check_halving_of_the_worked_example
message: an epoch would be paid twice
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), {}, []
    for number, epochs in enumerate(ladder):
        scores = {}
        for trial in left:
            scores[trial], states[trial] = train(
                configs[trial], epochs - (ladder[number - 1] if number else 0), states.get(trial)
            )
            history.append(Evaluation(trial, epochs, scores[trial]))
        ranking = sorted(left, key=lambda trial: rank(scores[trial]))
        left = sorted(ranking[: max(1, len(ranking) // eta)])
    return Search(list(configs), history, ranking[0])
