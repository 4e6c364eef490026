"""Key-account management (大客户管理) as typed, immutable values and pure functions.

Import from the rooms: ``kamcore.facts``, ``kamcore.score``, ``kamcore.tier`` and so on.
"""

__version__ = "0.1.0"
