"""How the demo's data and words become a record: each step by the person who would do it, through the real actions.

`cast` holds who acts and which day it is; `record`, `meetings` and `quarters` are the chapters `desk.demo.build` tells
in order.
"""
