"""A visit around its session: preparation, recovery, discharge, the way home, and the record.

Pure rules and documents: no window, no database. What was said and done is a list of entries;
everything else follows from it. Nothing here judges a value, names a dose or claims an effect:
the clocks and gates are the clinic's own policy, in ``assets/rules``.
"""
