//! Collecting: units, editions, invitations, accesses, drafts and their merging. Pure.
