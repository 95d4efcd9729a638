"""The room around a session: how loud it is, and how loud the headphones are at the ear."""
