"""The world in one process: all services decide under a told clock, and a past is written down."""

from deploy.tongxin.world.told import Summary, Told
from deploy.tongxin.world.world import World

__all__ = ["Summary", "Told", "World"]
