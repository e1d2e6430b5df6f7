"""What one may ask of the platform at a terminal: one module a noun.

A module has an `app` with its commands, each with a sentence, examples, and `--json` where it
answers something; `deploy/tongxin/cli.py` lists the modules.
"""
