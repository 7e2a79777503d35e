"""The derivation of one derivative: its steps as formulas, words and LaTeX, and the questions before it."""
