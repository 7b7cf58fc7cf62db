"""Reports as one HTML page, with bars that show how much of a budget was used."""
