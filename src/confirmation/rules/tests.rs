//! Rules, row by row.
