"""What a teacher hands out: a worksheet of one page for each situation, and its solutions."""
