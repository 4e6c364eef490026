"""Published regulations as values, one file each.

`hundred_points` is S3-P08, `group_levels` is S3-P14.
"""

__all__: list[str] = []
