"""`python -m services.meetings` runs one replica of the meetings service."""

from services.meetings.app import app
from shared.runtime.service import run

if __name__ == "__main__":
    run(app)
