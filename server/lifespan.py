"""What happens when the server starts and stops."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.run_header import remember_theme

__all__ = ["serving"]


@asynccontextmanager
async def serving(_: object) -> AsyncIterator[None]:
    """Remember the theme, and exclude from garbage collection all objects that live as long as the server.

    The modules alone are 85,000 objects, and the collector never finds garbage among them. After the first
    visit a full collection takes 80 ms with them and 20 without. Nobody is answered during a collection.
    """
    remember_theme()
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
