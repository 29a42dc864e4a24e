//! All addresses, composed from one list per area. Each says who may use it; a test walks the lists.

use actix_web::web::ServiceConfig;

pub use super::address::{Address, Who};
use super::{api, operations, panel, respondent};

/// Every address of the service.
#[must_use]
pub fn list() -> Vec<Address> {
    [operations::ADDRESSES, respondent::ADDRESSES, panel::ADDRESSES, api::ADDRESSES].concat()
}

/// Registers every address.
pub(super) fn all(config: &mut ServiceConfig) {
    operations::routes(config);
    respondent::routes(config);
    panel::routes(config);
    api::routes(config);
}
