"""`python -m deploy.tongxin` is `tongxin`."""

from deploy.tongxin.cli import app

app(prog_name="tongxin")
