"""The lab report that students get, made from the source notebook by nbgrader."""
