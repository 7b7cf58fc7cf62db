"""The class has another name than in the handout.

caught by: check_average_is_the_mean_of_the_iterates
message: has no
"""

PolyakAverage = IterateAverage
del IterateAverage
