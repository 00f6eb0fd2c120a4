-- The place of the gazetteer is private: null says that it was erased, and where none was chosen it is empty. Whoever kept
-- data from before runs `answerable rebuild`, too: the rows of incidents have it without its words.

update contact set place = '' where place is null and not (is_located = 1 and place_words is null);
