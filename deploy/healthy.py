"""Asks an instance on this machine whether it is well, without curl: the exit status is 0 if it is.

`python deploy/healthy.py [port] [seconds]`: with seconds, it asks whether the instance takes visitors, and
waits so long until it does. Docker asks without, systemd with seconds before it calls an instance started.
"""

import http.client
import sys
import time

ALIVE, READY = "/healthz", "/readyz"


def answers(port: int, path: str) -> bool:
    """Tell whether the instance answers a path with 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def main(port: str = "8501", seconds: str = "0") -> int:
    """Return the exit status."""
    deadline = time.monotonic() + float(seconds)
    path = READY if float(seconds) else ALIVE
    while not (found := answers(int(port), path)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
