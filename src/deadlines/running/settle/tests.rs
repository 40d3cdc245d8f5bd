//! Rows of deadlines: what a step, a day and a new calendar do to them.
