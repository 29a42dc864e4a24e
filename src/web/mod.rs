//! The web: the only place that names actix_web. A handler reads the request, calls one use case and renders.

mod address;
mod answer;
pub mod api;
pub mod assets;
mod cookies;
mod headers;
mod meters;
mod operations;
pub mod pages;
pub mod panel;
mod post;
pub mod respondent;
pub mod routes;
mod upload;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpRequest, HttpServer, web};

use store::StoreError;
use tokio::sync::Semaphore;

use crate::service::{Refused, Service};
use assets::Assets;
use meters::Meters;
use pages::Site;

/// Requests that may wait for a thread at the same time; one more is told to come back later.
const WAITING: usize = 512;
/// Places at the database that are left to the jobs beside the requests. Without them a mail that is being sent at a
/// busy moment turns a respondent away.
const JOBS: usize = 2;
/// Seconds that requests under way get when the service stops.
const SHUTDOWN_SECONDS: u64 = 20;

/// What every handler can reach.
pub struct WebState {
    /// The use cases.
    pub service: Arc<Service>,
    /// What is the same on every page.
    pub site: Arc<Site>,
    /// Stylesheet, script and icon.
    pub assets: Assets,
    /// Counters for `/metrics`.
    meters: Meters,
    /// Places of requests that run or wait for a thread.
    inside: Semaphore,
}

impl WebState {
    /// The state over a service.
    pub fn new(service: Arc<Service>) -> Self {
        let assets = Assets::new();
        let site = Arc::new(Site::new("Miernik", &service.settings, &assets));
        Self { service, site, assets, meters: Meters::new(), inside: Semaphore::new(WAITING) }
    }
}

/// A shared reference to the state, as handlers take it.
pub type State = web::Data<WebState>;

/// Runs a use case on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&Service) -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let Ok(_place) = state.inside.try_acquire() else { return Err(StoreError::Busy.into()) };
    let service = Arc::clone(&state.service);
    web::block(move || work(&service)).await.unwrap_or_else(|_| {
        Err(Refused::Unreadable { what: "answer", cause: "the thread of the request ended early".into() })
    })
}

/// The address that a request comes from; behind a trusted proxy the one that the proxy names.
pub(crate) fn remote(request: &HttpRequest, state: &State) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |address: SocketAddr| address.ip());
    if !state.service.settings.trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

/// Serves until `stop` resolves; then requests under way are finished.
///
/// # Errors
/// When the server cannot start.
pub async fn serve(
    service: Arc<Service>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    // As many threads as the database has places: more would only be turned away there.
    let threads = (service.store.places().saturating_sub(JOBS) / workers).max(1);
    let state = web::Data::new(WebState::new(service));
    HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(post::limit())
            .configure(routes::all)
            .default_service(web::to(answer::unknown_page))
            .wrap(Compress::default())
            .wrap(from_fn(headers::around))
    })
    .listen(listener)?
    .workers(workers)
    .worker_max_blocking_threads(threads)
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .shutdown_signal(stop)
    .run()
    .await
}
