//! Counting: contributions, tally, measures, report rows. Pure.
