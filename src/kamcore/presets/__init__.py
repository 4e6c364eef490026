"""Published regulations as values, one file each.

`hundred_points` is S3-P08, `basic_service` S3-P11, `service_levels` S3-P13, `group_levels` S3-P14,
`power_utility` S0, `vip_service` S1, `private_networks` S2-6, `grades_by_potential` S3-P01,
`preference_grades` S3-P18.
"""

__all__: list[str] = []
