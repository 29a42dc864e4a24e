//! Every address of the service: what its answers carry, who may use it, and that there are no others.

use miernik::service::notebook::{Fact, FactSource};
use miernik::service::states::Freezing;
use miernik::web::routes::{self, Address, Who};
use store::StateKind;

use crate::harness::{Browser, Ground, LOGIN, Office, PASSWORD, Page, TestApp, on_both_databases};

on_both_databases! {
    Small:
    every_answer_carries_the_security_headers,
    error_pages_carry_them_too_and_name_the_request,
    over_https_cookies_are_host_cookies_and_transport_is_strict,
    whoever_is_not_entitled_is_refused,
    a_secret_that_is_not_one_opens_nothing,
    only_the_machines_of_the_setting_read_the_meters,
    a_key_opens_the_api_and_nothing_else,
    there_are_no_other_addresses,
}

/// A row of the small programme.
const ROW: &str = "1.1";

/// What addresses of the panel name: two frozen states with an erratum between them, a fact.
fn furnish(app: &TestApp) {
    let service = &app.service;
    if !service.states(&app.edition).unwrap().is_empty() {
        return;
    }
    let freeze = |label: &str| {
        let wish = Freezing { name: None, kind: StateKind::Rkres, label: label.to_owned() };
        service.freeze(&app.edition, &wish, "user:anna").unwrap();
        service.unfreeze(&app.edition, "user:anna").unwrap();
    };
    freeze("pierwszy");
    let source = FactSource { document: "Kalendarz".into(), ..FactSource::default() };
    let fact = Fact { event: "Targi".into(), number: Some("2".into()), source, ..Fact::default() };
    service.fact_save(&app.edition, None, 0, &fact, "user:anna").unwrap();
    freeze("drugi");
    service.erratum_add(&app.edition, ("pierwszy", "drugi"), "Doszły targi", "user:anna").unwrap();
}

/// A real path for the pattern of an address.
fn path(app: &TestApp, address: &Address) -> String {
    let office = app.office("Promna");
    let file = if address.path.starts_with("/static/") {
        let styles = office.get("/").attributes("link[rel=stylesheet]", "href").remove(0);
        styles.rsplit('/').next().unwrap().to_owned()
    } else {
        crate::harness::download(address.path).to_owned()
    };
    let invitation = app.scope("Promna").1.to_string();
    let token = office.link.strip_prefix("/a/").unwrap();
    let values = [
        ("{token}", token),
        ("{section}", "liczby"),
        ("{programme}", "proba"),
        ("{edition}", "2024"),
        ("{indicator}", "W1"),
        ("{table}", "wskazniki.csv"),
        ("{form}", "jst"),
        ("{question}", "opis"),
        ("{frame}", "kody_opisu"),
        ("{code}", "o01"),
        ("{file}", &file),
        ("{state}", "pierwszy"),
        ("{no}", "1"),
        ("{row}", ROW),
        ("{fact}", "targi"),
        ("{form}", "jst"),
        ("{measure}", "tak"),
        ("{invitation}", &invitation),
        ("{decision}", &invitation),
        ("{list}", "wpis"),
    ];
    let path = values.iter().fold(address.path.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "no value for {}", address.path);
    path
}

/// Whether the headers of an answer are as they must be everywhere.
fn assert_guarded(page: &Page, what: &str) {
    let policy = page.header("content-security-policy").unwrap_or_else(|| panic!("{what}: no policy"));
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    for directive in [
        "default-src 'none'",
        "style-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(directives.contains(&directive), "{what}: {directive} is missing in {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{what}: {policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{what}");
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"), "{what}");
    assert!(page.header("permissions-policy").is_some(), "{what}");
    assert_eq!(page.header("x-request-id").map(str::len), Some(8), "{what}");
    let lasting = page.path.starts_with("/static/") && page.status == 200;
    let cache = page.header("cache-control").unwrap_or_default();
    assert_eq!(cache, if lasting { "public, max-age=31536000, immutable" } else { "no-store" }, "{what}");
    if !page.body.is_empty() {
        let kind = page.header("content-type").unwrap_or_else(|| panic!("{what}: no content type"));
        let known = kind.ends_with("; charset=utf-8")
            || kind == "application/problem+json"
            || kind == "image/svg+xml";
        assert!(known, "{what}: {kind}");
    }
    for cookie in page.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(flag), "{what}: {cookie}");
        }
        assert!(!cookie.contains("Domain="), "{what}: {cookie}");
    }
}

/// The browsers of everybody who may come: a stranger, an office, an analyst.
fn everybody(app: &TestApp) -> [(&'static str, Browser); 3] {
    furnish(app);
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    [
        ("a stranger", Browser::new(&app.address)),
        ("an office", app.office_inside("Promna").browser),
        ("an analyst", anna.browser),
    ]
}

/// Whether a path fits a pattern.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    let same =
        |(pattern, path): (&&str, &&str)| pattern == path || (pattern.starts_with('{') && !path.is_empty());
    pattern.len() == path.len() && pattern.iter().zip(&path).all(same)
}

fn listed(method: &str, path: &str) -> bool {
    routes::list().iter().any(|address| address.method == method && fits(address.path, path))
}

fn every_answer_carries_the_security_headers(app: &TestApp) {
    for (who, browser) in everybody(app) {
        for address in routes::list() {
            let path = path(app, &address);
            let mut answers = vec![browser.ask(address.method, &path)];
            if address.method == "GET" {
                answers.push(browser.head(&path));
            }
            for page in answers {
                assert_guarded(&page, &format!("{who}, {} {path}: {}", address.method, page.status));
                assert!(page.header("strict-transport-security").is_none(), "plain http on this machine");
            }
        }
    }
}

fn error_pages_carry_them_too_and_name_the_request(app: &TestApp) {
    let office = app.office_inside("Promna");
    let wrong = [
        "/nie-ma",
        "/a/%ff",
        "/a/x",
        "/ankieta/czesc/%ff",
        "/static/stare.css",
        "/panel/x",
        "/panel/%ff/x/liczby",
        "/..%2f",
        "/ankieta/",
    ];
    for path in wrong {
        let page = office.get(path);
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        assert_guarded(&page, path);
        let id = page.header("x-request-id").unwrap();
        assert!(
            page.words().contains(id) || page.status == 401,
            "{path} is no page of ours: {}",
            page.source()
        );
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"] {
        let page = office.browser.ask(method, "/ankieta");
        assert_guarded(&page, method);
        assert_eq!(page.status, 404, "{method}");
        assert!(page.words().contains(page.header("x-request-id").unwrap()));
    }
    let large = office.browser.post_raw("/ankieta/czesc/liczby", vec![b'a'; 1024 * 1024 + 1]);
    assert_guarded(&large, "too large");
    let api = office.get("/api/v1/nie-ma").with_status(404);
    assert_guarded(&api, "api");
    assert_eq!(api.header("content-type"), Some("application/problem+json"));
}

fn over_https_cookies_are_host_cookies_and_transport_is_strict(app: &TestApp) {
    let app = TestApp::start_with(app.kind, Ground::Small, |settings| {
        settings.public_url = "https://ankieta.example".into()
    });
    let office = app.office("Promna");
    let begun = office.browser.post(&office.link, &[]);
    let cookie = begun.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-sesja=") && cookie.contains("Secure"), "{cookie}");
    let login = app.analyst().log_in(LOGIN, PASSWORD);
    let cookie = login.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-panel=") && cookie.contains("Secure"), "{cookie}");
    for page in [begun, login, office.get("/"), office.get("/nie-ma"), office.get("/health/live")] {
        let strict = page.header("strict-transport-security").unwrap();
        assert!(strict.contains("max-age=31536000") && strict.contains("includeSubDomains"), "{strict}");
    }
}

fn whoever_is_not_entitled_is_refused(app: &TestApp) {
    let everybody = everybody(app);
    // Whoever has a good link or code is entitled to a session, which would count for the addresses after it.
    for address in routes::list().into_iter().filter(|address| address.who != Who::HolderOfSecret) {
        let path = path(app, &address);
        for (who, browser) in &everybody {
            let page = browser.ask(address.method, &path);
            let what = format!("{who}, {} {path}: {}", address.method, page.status);
            let entitled = match address.who {
                Who::Anybody | Who::HolderOfSecret | Who::Operator => true,
                Who::Respondent => *who == "an office",
                Who::Member => *who == "an analyst",
                Who::BearerKey => false,
            };
            if !entitled {
                let leaves = path == "/panel/wyloguj" && page.status == 303;
                assert!(page.status == 401 || leaves, "{what}");
            } else if address.method == "GET" {
                assert!(page.status == 200 || page.status == 303, "{what}");
            } else {
                assert_ne!(page.status, 401, "{what}");
            }
        }
    }
}

fn a_secret_that_is_not_one_opens_nothing(app: &TestApp) {
    let stranger = Office { link: "/a/0000".into(), ..app.office("Promna") };
    for address in routes::list().into_iter().filter(|address| address.who == Who::HolderOfSecret) {
        let path = address.path.replace("{token}", "0000");
        let page = stranger.browser.ask(address.method, &path);
        assert_eq!(page.status, 404, "{} {path}", address.method);
        assert!(page.header("set-cookie").is_none());
    }
}

fn only_the_machines_of_the_setting_read_the_meters(app: &TestApp) {
    let stranger = Browser::new(&app.address);
    stranger.get("/pomoc").with_status(200);
    let text = stranger.get("/metrics").with_status(200);
    assert!(text.source().contains("miernik_requests_total"), "{}", text.source());
    let app = TestApp::start_with(app.kind, Ground::Small, |settings| settings.metrics_from.clear());
    Browser::new(&app.address).get("/metrics").with_status(404);
}

fn a_key_opens_the_api_and_nothing_else(app: &TestApp) {
    let client = reqwest::blocking::Client::new();
    let ask = |path: &str| client.get(format!("{}{path}", app.address));
    let open = routes::list().into_iter().filter(|address| address.who == Who::BearerKey);
    let paths: Vec<String> = open.map(|address| path(app, &address)).collect();
    assert!(paths.len() >= 4 && paths.iter().all(|path| path.starts_with("/api/v1/")), "{paths:?}");
    for path in paths {
        let with_key = ask(&path).bearer_auth(&app.api_key).send().unwrap();
        assert_eq!(with_key.status(), 200, "{path}");
        assert_eq!(ask(&path).send().unwrap().status(), 401, "{path}");
    }
    assert_eq!(ask("/panel").bearer_auth(&app.api_key).send().unwrap().status(), 401);
}

fn there_are_no_other_addresses(app: &TestApp) {
    let everybody = everybody(app);
    for address in routes::list() {
        let path = path(app, &address);
        let (end, start) = (format!("{path}x"), format!("/x{path}"));
        for neighbour in [end, format!("{path}/x"), format!("{path}/"), start] {
            if listed(address.method, &neighbour) {
                continue;
            }
            for (who, browser) in &everybody {
                let page = browser.ask(address.method, &neighbour);
                assert_eq!(page.status, 404, "{who}, {} {neighbour}", address.method);
            }
        }
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            if !listed(method, &path) {
                assert_eq!(everybody[1].1.ask(method, &path).status, 404, "{method} {path}");
            }
        }
    }
}
