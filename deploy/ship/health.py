"""`python -m deploy.ship.health` ends with 0 where the service in this container is alive."""

import os
import sys
from http.client import HTTPConnection, HTTPException

from deploy.ship.parts import HEALTH

PATIENCE_S = 3.0


def alive(port: int) -> bool:
    """Whether /health answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not alive(int(os.environ.get("TONGXIN_HTTP_PORT") or HEALTH)))
