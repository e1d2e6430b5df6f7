"""Waiting before another attempt."""

import asyncio


async def pause(seconds: float) -> None:
    """Sleep; or end, if we were told to end meanwhile.

    A cancellation is lost where letting go of a broken connection raises an error in its place. A
    loop that takes such an error for "the server is away" would then go on for ever.
    """
    me = asyncio.current_task()
    if me and me.cancelling():
        raise asyncio.CancelledError
    await asyncio.sleep(seconds)
