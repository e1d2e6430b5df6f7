"""The assessment sheet (考核): who did how well in a period, by one assessor, with evidence."""
