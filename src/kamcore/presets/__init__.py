"""Published regulations as values, one file each.

`hundred_points` is S3-P08, `basic_service` S3-P11, `service_levels` S3-P13, `group_levels` S3-P14,
`vip_service` S1.
"""

__all__: list[str] = []
