"""What the clinic chooses, behind a PIN once it has people: one page for each matter."""
