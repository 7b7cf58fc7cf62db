"""Lab reports: the source notebook, what students get of it, and nbgrader's gradebook."""
