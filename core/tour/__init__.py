"""The tour: scenes that lead from raw outputs to p − y, what each asks, and its words."""
