"""A member (委员): one membership of one term, its pairs, duties, evaluations and reports."""
