"""The only code that reads files at run time: one release, its counts, areas and geometry."""
