"""One validated situation: what is shown, to and from a link."""
