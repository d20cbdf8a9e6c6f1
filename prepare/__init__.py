"""From deliveries and catalog to an immutable release: read, check, aggregate, write."""
