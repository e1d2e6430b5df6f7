"""`python -m services.portal` runs one replica of the portal."""

from services.portal.app import app
from shared.runtime.service import run

if __name__ == "__main__":
    run(app)
