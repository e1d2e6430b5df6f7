"""`python -m services.exchange` runs one replica of the exchange service."""

from services.exchange.app import app
from shared.runtime.service import run

if __name__ == "__main__":
    run(app)
