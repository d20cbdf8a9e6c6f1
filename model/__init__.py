"""Statistics without files and without a screen: plain Polars in, plain Polars out."""
