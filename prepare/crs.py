"""Coordinate systems by name, without the libraries that know them, which load slowly."""

WGS84 = "EPSG:4326"
