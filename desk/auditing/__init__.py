"""The auditor's workplace: searches kept, samples drawn and tested, exceptions found by the software."""
