//! Miernik: collects the yearly monitoring survey of a regional social-economy programme and counts it.
