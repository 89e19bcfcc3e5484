"""What the site takes on at once: threads, connections, bodies, time (docs/decisions/0025-bounds.md)."""
