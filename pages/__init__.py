"""One short script per page, top to bottom like the screen."""
