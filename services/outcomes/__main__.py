"""`python -m services.outcomes` runs one replica of the outcomes service."""

from services.outcomes.app import app
from shared.runtime.service import run

if __name__ == "__main__":
    run(app)
