"""The mathematics of the softmax derivative, in NumPy alone: everything that could be wrong."""
