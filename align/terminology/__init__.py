"""Key terms: which there are, how each is rendered in every edition, where renderings diverge."""
