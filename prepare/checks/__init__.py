"""Checks of deliveries, from the file on disk to the series of values; none changes anything."""
