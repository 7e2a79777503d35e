"""One validated situation, and how a link is written from it and read back."""
