//! Miernik: collects the yearly monitoring survey of a regional social-economy programme and counts it.
//!
//! The binary is a thin shell around this library; see `ARCHITECTURE.md` for the way of one answer through it.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod forms;
pub mod jobs;
pub mod mail;
pub mod service;
pub mod telemetry;
pub mod web;
pub mod words;
