"""The agency (接入机构): who outside is told of public facts, within which bounds."""
