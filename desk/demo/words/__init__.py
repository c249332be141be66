"""The words of the demo office: what it wrote, promised, minuted and asked in two quarters of 2019-20.

Facts and figures follow the published report the demo is checked against; every sentence is the office's own. County,
people and agencies are invented: people appear by their roles alone. Nothing here knows the database: `desk.demo.build`
puts these words into the record through the actions that people use.
"""
