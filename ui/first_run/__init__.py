"""The first steps on a new chair; each can be passed over, and none stands in the way."""
