"""What a saved web page holds: its tree made readable, its blocks, its furniture, its article."""
