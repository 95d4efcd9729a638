"""Light and screen: what they are to show, and the lamps that show it."""
