//! Counters for operators: requests by route and status, time spent, load of the database, mails by state.

use std::collections::BTreeMap;

use metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

/// Upper bounds of the buckets of request times, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0];

/// The counters of one process.
pub(super) struct Meters(PrometheusRecorder);

impl Meters {
    pub(super) fn new() -> Self {
        let builder = PrometheusBuilder::new().set_buckets(&SECONDS).expect("there are buckets");
        Self(builder.build_recorder())
    }

    /// One answered request. `route` is the pattern, never the path.
    pub(super) fn request(&self, method: &str, route: &str, status: u16, milliseconds: u64) {
        let labels =
            [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
        let seconds = std::time::Duration::from_millis(milliseconds).as_secs_f64();
        with_local_recorder(&self.0, || {
            counter!("miernik_requests_total", &labels).increment(1);
            histogram!("miernik_request_seconds", &labels[1..2]).record(seconds);
        });
    }

    /// The text that Prometheus reads. `store_load` is the number of reads and writes running or waiting,
    /// `mails` the number of mails by programme and state.
    pub(super) fn text(&self, store_load: usize, mails: &BTreeMap<(String, &'static str), u64>) -> String {
        with_local_recorder(&self.0, || {
            gauge!("miernik_store_load").set(number(store_load as u64));
            for ((programme, state), count) in mails {
                let labels = [("programme", programme.clone()), ("state", (*state).to_owned())];
                gauge!("miernik_mails", &labels).set(number(*count));
            }
        });
        self.0.handle().render()
    }
}

#[expect(clippy::cast_precision_loss, reason = "gauges are doubles; nothing here comes near 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}
