"""`python -m services.notify` runs one replica of the notify service."""

from services.notify.app import app
from shared.runtime.service import run

if __name__ == "__main__":
    run(app)
