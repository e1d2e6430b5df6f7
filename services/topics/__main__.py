"""`python -m services.topics` runs one replica of the topics service."""

from services.topics.app import app
from shared.runtime.service import run

if __name__ == "__main__":
    run(app)
