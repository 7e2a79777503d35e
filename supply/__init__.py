"""What comes from others: which packages run the app, under which licences, and what we rely on in them."""
