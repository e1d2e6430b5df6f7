"""A talent (协商人才): somebody whose knowledge the county may call on."""
