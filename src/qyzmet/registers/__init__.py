"""What stays true after a case has closed: who holds which unit, object, account, certificate or subsidy.

A register is a set of claims (`models.Claim`), one live claim per subject whatever races for it, and a
journal stream per subject (`unit:…`, `object:…`, `account:…`). Cases reach it by the names of functions
(`equity.record`); the functions are in one module per register, `claims` is what they share.
"""
