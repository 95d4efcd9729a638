"""The track library: what is known of every file, remembered by its content."""
