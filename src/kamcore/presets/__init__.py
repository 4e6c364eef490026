"""Published regulations as values, one file each: `hundred_points` (S3-P08), `group_levels` (S3-P14)."""

__all__: list[str] = []
