"""The derivation of one derivative: its steps as formulas, words and LaTeX, and what is asked first."""
