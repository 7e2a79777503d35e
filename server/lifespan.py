"""What happens when the server starts and stops."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

__all__ = ["serving"]


@asynccontextmanager
async def serving(_: object) -> AsyncIterator[None]:
    """Exclude from garbage collection, when the server starts, all objects that live as long as it runs.

    The modules alone are 85,000 objects, and the collector never finds garbage among them. After the first
    visit a full collection takes 80 ms with them and 20 without. Nobody is answered during a collection.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
