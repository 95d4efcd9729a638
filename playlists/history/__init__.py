"""What people did to the clinic's music, so that it can be undone, done again and restored."""
