"""Reports as one HTML page, with its charts."""
