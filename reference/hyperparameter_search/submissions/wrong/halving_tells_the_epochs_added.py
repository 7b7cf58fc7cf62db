"""The history has the epochs that were added.

caught by: check_halving_of_the_worked_example
message: the epochs of entry
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), {}, []
    for number, epochs in enumerate(ladder):
        scores = {}
        for trial in left:
            scores[trial], states[trial] = train(configs[trial], epochs, states.get(trial))
            history.append(
                Evaluation(trial, epochs - (ladder[number - 1] if number else 0), scores[trial])
            )
        ranking = sorted(left, key=lambda trial: rank(scores[trial]))
        left = sorted(ranking[: max(1, len(ranking) // eta)])
    return Search(list(configs), history, ranking[0])
