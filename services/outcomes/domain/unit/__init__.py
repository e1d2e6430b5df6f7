"""A unit (承办单位): an office that items are assigned to, and all the names it had."""
