"""Finding things by the words in them: an index of words, asked through what each app lets a person see."""
