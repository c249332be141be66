"""Commentary, assembly, sign-off and publication of the panel's paper."""
