"""An account: who may enter, and as what."""
