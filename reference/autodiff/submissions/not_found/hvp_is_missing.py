"""The function has another name than the handout's.

caught by: check_hessian_products_of_functions
message: hvp
"""

hessian_vector_product = hvp
del hvp
