def misspelt_places(translation):
    return set()
