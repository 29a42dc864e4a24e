//! Measures from whole answers: through the questionnaire, its evaluation, contributions and the tally to readings.

mod composed;
mod golden;
mod office;
mod oracle;
