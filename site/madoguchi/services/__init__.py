"""One act, one transaction: what members, staff and the clock may do."""
