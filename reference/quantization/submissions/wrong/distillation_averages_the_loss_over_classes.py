"""The loss is the mean over classes, too, and its gradient is not.

caught by: check_distillation_loss_and_its_gradient
message: the loss of two classes
appended to: compression.py
"""


def distillation_loss(student, teacher, T):
    log_p, log_q = (_log_softmax(logits / T) for logits in (teacher, student))
    p, q = np.exp(log_p), np.exp(log_q)
    return float(T**2 * (p * (log_p - log_q)).mean()), T * (q - p) / len(student)
