"""What people take away: notebooks and pictures."""
