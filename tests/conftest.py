"""Settings that every test shares."""

from hypothesis import settings

# The same examples every time: a red run is red again on the next machine, and a green one stays green.
# No deadline: a busy CI machine is slow, not wrong.
settings.register_profile("explorer", derandomize=True, deadline=None)
settings.load_profile("explorer")
