//! Plain tables in and out: CSV and XLSX. Knows nothing of surveys.
