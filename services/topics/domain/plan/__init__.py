"""A yearly plan (年度协商计划): what a county means to consult on, and who has settled that."""
