"""Files of word processors, of programs for slides and for sheets, a module for each format."""
