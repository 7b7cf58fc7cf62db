"""The divergence is that of the student from the teacher, KL(q || p).

caught by: check_distillation_loss_and_its_gradient
message: the loss of two classes
appended to: compression.py
"""


def distillation_loss(student, teacher, T):
    log_p, log_q = (_log_softmax(logits / T) for logits in (teacher, student))
    q = np.exp(log_q)
    each = (q * (log_q - log_p)).sum(axis=1, keepdims=True)
    gradient = T * q * (log_q - log_p - each) / len(student)
    return float(T**2 * each.mean()), gradient
