"""The invented office of Barsetshire: a plan, its measures and their months, for trying the whole portal on.

Everything here is plain data and plain Python: no database, no web, no clock. `plan` says what is measured, `months`
gives the observations, `peers` the invented comparators, `headers` and `charts` what the quarterly paper prints.
The method, and each place where the source report contradicts itself, is written up in docs/demo.md.
"""
