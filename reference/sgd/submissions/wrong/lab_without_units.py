"""The units were taken out of the data.

caught by: check_lab_tells_machine_units_and_repeats
message: train_loss in curves has no unit
"""
