"""The clinic's own records: people, visits, audit, keys, backups.

``service.Clinic`` is the entrance for windows and commands. Each of its acts takes the ``Actor``
who asks and looks into the one table of ``roles``; what was done is in the audit in the same
transaction. What people typed is sealed before it reaches the database. Host and holder import
nothing of this package.
"""
