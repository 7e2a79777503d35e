"""The questions that learners ask most: their words, where they arise, and the picture that answers each."""
