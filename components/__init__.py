"""What the screen is made of: controls, charts, maps, tables, exports, and the web shell."""
