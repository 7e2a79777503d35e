"""What people take away: worksheets and tables."""
