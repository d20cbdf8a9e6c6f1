"""Disclosure control: what a release may tell, what is hidden, and what an attacker makes of it."""
