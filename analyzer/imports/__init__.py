"""Tables of dated figures to claims: a checked mapping, its rows, their versions."""
