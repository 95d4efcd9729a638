"""Patient's presets: hear a few, choose one."""
