"""The command line: one module a command. No Qt here."""
