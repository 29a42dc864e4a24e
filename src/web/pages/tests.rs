//! The markup of every page, read back as a tree.
use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::drawn_tests::questionnaire_pages;
use super::samples::{HOSTILE, sample_pages};

fn select<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).expect("a selector")).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn all_pages() -> Vec<(String, String)> {
    sample_pages().into_iter().chain(questionnaire_pages()).collect()
}

/// Runs a check on every page; the check returns what is wrong.
fn on_every_page(check: impl Fn(&Html) -> Vec<String>) {
    let mut troubles = Vec::new();
    for (name, html) in all_pages() {
        let page = Html::parse_document(&html);
        troubles.extend(check(&page).into_iter().map(|trouble| format!("{name}: {trouble}")));
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

#[test]
fn every_page_is_polish_and_has_one_heading_one_main_and_a_skip_link() {
    on_every_page(|page| {
        let mut wrong = Vec::new();
        for (css, wanted) in [
            ("html[lang=pl]", 1),
            ("h1", 1),
            ("main#tresc", 1),
            ("a.skip[href='#tresc']", 1),
            ("header", 1),
            ("footer", 1),
            ("head > title", 1),
            ("meta[charset=utf-8]", 1),
            ("footer a[href='/deklaracja-dostepnosci']", 1),
            ("footer a[href='/informacja-rodo']", 1),
            ("footer a[href='/pomoc']", 1),
        ] {
            let found = select(page, css).len();
            if found != wanted {
                wrong.push(format!("{css}: {found} instead of {wanted}"));
            }
        }
        wrong
    });
}

#[test]
fn no_two_pages_have_the_same_title() {
    let mut titles = BTreeSet::new();
    for (name, html) in all_pages() {
        let page = Html::parse_document(&html);
        let title = words(select(&page, "title")[0]);
        assert!(title.ends_with(" – Ankieta ekonomii społecznej"), "{name}: {title}");
        assert!(titles.insert(title.clone()), "{name}: the title „{title}” is there twice");
    }
}

#[test]
fn ids_are_unique_and_everything_that_points_at_an_id_finds_it() {
    on_every_page(|page| {
        let mut ids = BTreeSet::new();
        let mut wrong = Vec::new();
        for element in select(page, "[id]") {
            let id = element.attr("id").unwrap_or_default();
            if id.is_empty() || id.contains(char::is_whitespace) || !ids.insert(id.to_owned()) {
                wrong.push(format!("id „{id}” is empty, has spaces or is there twice"));
            }
        }
        for attribute in ["aria-describedby", "aria-labelledby", "for", "href"] {
            for element in select(page, &format!("[{attribute}]")) {
                let value = element.attr(attribute).unwrap_or_default();
                let targets: Vec<&str> = match (attribute, value.strip_prefix('#')) {
                    ("href", None) => Vec::new(),
                    ("href", Some(target)) => vec![target],
                    _ => value.split(' ').collect(),
                };
                let lost = targets.into_iter().filter(|target| !ids.contains(*target));
                wrong.extend(
                    lost.map(|target| format!("{attribute} points at „{target}”, which is not there")),
                );
            }
        }
        wrong
    });
}

#[test]
fn every_input_has_a_label_and_every_set_a_legend() {
    on_every_page(|page| {
        let labelled: BTreeSet<&str> = select(page, "label[for]")
            .into_iter()
            .filter(|label| !words(*label).is_empty())
            .filter_map(|label| label.attr("for"))
            .collect();
        let inputs = select(page, "input:not([type=hidden]), select, textarea");
        let unnamed =
            inputs.into_iter().filter(|input| !input.attr("id").is_some_and(|id| labelled.contains(id)));
        let mut wrong: Vec<String> = unnamed.map(|input| format!("no label: {}", input.html())).collect();
        for set in select(page, "fieldset") {
            let first = set.child_elements().next().filter(|child| child.value().name() == "legend");
            if first.map(words).is_none_or(|text| text.is_empty()) {
                wrong.push(format!("a fieldset without a legend: {:?}", set.attr("data-field")));
            }
        }
        for button in select(page, "button") {
            if words(button).is_empty() {
                wrong.push(format!("a button without words: {}", button.html()));
            }
        }
        wrong
    });
}

#[test]
fn radios_stand_in_a_fieldset_and_checkboxes_follow_an_empty_hidden_input() {
    on_every_page(|page| {
        let mut wrong = Vec::new();
        for radio in select(page, "input[type=radio]") {
            if !radio
                .ancestors()
                .filter_map(ElementRef::wrap)
                .any(|parent| parent.value().name() == "fieldset")
            {
                wrong.push(format!("a radio outside a fieldset: {}", radio.html()));
            }
        }
        let empty: BTreeSet<Option<&str>> = select(page, "input[type=hidden][value='']")
            .into_iter()
            .map(|input| input.attr("name"))
            .collect();
        // Forms of the questionnaire leave a field that they do not name unchanged; those of the panel do not.
        for checkbox in select(page, "form:has(input[name=_inv]) input[type=checkbox]") {
            if !empty.contains(&checkbox.attr("name")) {
                wrong.push(format!("cannot be unticked: {}", checkbox.html()));
            }
        }
        wrong
    });
}

#[test]
fn tables_have_captions_and_headers_with_scope() {
    on_every_page(|page| {
        let mut wrong = Vec::new();
        for table in select(page, "table") {
            let caption = Selector::parse("caption").expect("a selector");
            if table.select(&caption).next().map(words).is_none_or(|text| text.is_empty()) {
                wrong.push("a table without a caption".into());
            }
        }
        wrong
            .extend(select(page, "th:not([scope])").into_iter().map(|th| format!("no scope: {}", th.html())));
        wrong
    });
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    on_every_page(|page| {
        let mut wrong = Vec::new();
        for css in [
            "script:not([src])",
            "style",
            "[style]",
            "iframe",
            "object",
            "base",
            "[onclick]",
            "[onload]",
            "[onchange]",
        ] {
            wrong.extend(select(page, css).into_iter().map(|element| element.html()));
        }
        for (css, attribute) in [("script", "src"), ("link", "href"), ("img", "src"), ("form", "action")] {
            for element in select(page, css) {
                let address = element.attr(attribute).unwrap_or_default();
                if !address.starts_with('/') || address.starts_with("//") {
                    wrong.push(format!("{css} {attribute}={address}"));
                }
            }
        }
        wrong
    });
}

#[test]
fn what_people_typed_is_escaped_everywhere() {
    for (name, html) in all_pages() {
        assert!(!html.contains("<script>"), "{name}");
        assert!(!html.contains("alert('x')"), "{name}: quotes are not escaped");
    }
    let (_, list) = all_pages().into_iter().find(|(name, _)| name == "spis").expect("the list of sections");
    let page = Html::parse_document(&list);
    let unit = select(&page, ".unit strong").into_iter().map(words).next().expect("the name of the office");
    assert_eq!(unit, HOSTILE);
}

#[test]
fn no_template_switches_escaping_off() {
    fn look(folder: &std::path::Path, found: &mut usize) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                look(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a template");
            assert!(
                !text.contains("|safe") && !text.contains("| safe") && !text.contains("escape"),
                "{path:?}"
            );
            *found += 1;
        }
    }
    let mut found = 0;
    look(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut found);
    assert!(found > 20, "only {found} templates");
}

#[test]
fn a_page_with_mistakes_says_so_first_and_in_the_same_words_beside_the_field() {
    let mut seen = 0;
    for (name, html) in all_pages() {
        let page = Html::parse_document(&html);
        let summary = select(&page, "[autofocus][tabindex='-1'] h2#bledy");
        let title = words(select(&page, "title")[0]);
        assert_eq!(title.starts_with("Błąd: "), !summary.is_empty(), "{name}: {title}");
        for link in select(&page, ".bad li a") {
            seen += 1;
            let said = words(link);
            let beside = select(&page, ".error").into_iter().map(words);
            assert!(beside.map(|text| text.replace("Błąd: ", "")).any(|text| text == said), "{name}: {said}");
        }
    }
    assert!(seen >= 5, "only {seen} mistakes were looked at");
}

#[test]
fn a_wrong_field_is_marked_and_described_by_its_mistake() {
    let (_, html) = all_pages().into_iter().find(|(name, _)| name == "czesc-bledy").expect("the page");
    let page = Html::parse_document(&html);
    let number = select(&page, "#f-media_artykuly")[0];
    assert_eq!(number.attr("aria-invalid"), Some("true"));
    let described = "h-media_artykuly p-media_artykuly u-media_artykuly w-media_artykuly e-media_artykuly";
    assert_eq!(number.attr("aria-describedby"), Some(described));
    assert_eq!(number.attr("value"), Some("1.090"), "what was typed is kept");
    let set = select(&page, "[data-field=media_czy]")[0];
    assert_eq!((set.attr("role"), set.attr("aria-invalid")), (Some("radiogroup"), Some("true")));
}

#[test]
fn the_enter_key_goes_on_and_never_removes_an_entry() {
    let (_, html) = all_pages().into_iter().find(|(name, _)| name == "czesc").expect("the page");
    let page = Html::parse_document(&html);
    let first = select(&page, "form[data-section] button")[0];
    assert_eq!((first.attr("name"), first.attr("tabindex")), (Some("_next"), Some("-1")));
}

#[test]
fn the_accessibility_statement_has_every_prescribed_id_once_and_does_not_claim_conformity() {
    let (_, html) = all_pages().into_iter().find(|(name, _)| name == "deklaracja").expect("the page");
    let page = Html::parse_document(&html);
    for id in [
        "wstep",
        "podmiot",
        "zakres",
        "url",
        "data-publikacja",
        "data-aktualizacja",
        "status",
        "kontakt",
        "email",
        "telefon",
        "procedura",
        "data-sporzadzenie",
        "architektura",
        "komunikacja",
    ] {
        assert_eq!(select(&page, &format!("#a11y-{id}")).len(), 1, "a11y-{id}");
    }
    for time in select(&page, "time") {
        let date = time.attr("datetime").expect("a date");
        assert!(chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok(), "{date}");
    }
    assert!(words(select(&page, "#a11y-status")[0]).contains("częściowo zgodna"));
}

#[test]
fn synthetic_answers_are_marked_on_their_pages() {
    for (name, html) in all_pages() {
        let page = Html::parse_document(&html);
        let marked = select(&page, ".synthetic")
            .into_iter()
            .map(words)
            .any(|text| text.contains(crate::service::measures::SYNTHETIC_NOTICE));
        let inside = !select(&page, ".unit, nav").is_empty();
        assert_eq!(marked, inside, "{name}");
    }
}

#[test]
fn the_first_page_is_small_and_asks_for_two_files_only() {
    let (_, html) = all_pages().into_iter().find(|(name, _)| name == "glowna").expect("the page");
    assert!(html.len() < 6 * 1024, "{} bytes", html.len());
    let page = Html::parse_document(&html);
    assert_eq!(select(&page, "link[href], script[src], img[src]").len(), 2, "stylesheet and icon");
}

/// Relative luminance of a colour such as `#1b2733`, as WCAG defines it.
fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let digits: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => digits.into(),
    };
    let part = |place: usize| {
        let value = u8::from_str_radix(&digits[place..place + 2], 16).expect("a colour");
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

#[test]
fn colours_of_texts_and_borders_have_enough_contrast() {
    let styles = include_str!("../../../static/miernik.css");
    let colour = |name: &str| {
        let (_, rest) = styles.split_once(&format!("--{name}: ")).expect("a colour of the stylesheet");
        luminance(rest.split(';').next().expect("a value"))
    };
    let contrast = |one: f64, two: f64| (one.max(two) + 0.05) / (one.min(two) + 0.05);
    for (text, ground) in [
        ("ink", "wash"),
        ("soft", "wash"),
        ("soft", "paper"),
        ("link", "wash"),
        ("paper", "brand"),
        ("paper", "act"),
        ("bad", "bad-wash"),
        ("bad", "wash"),
        ("act-deep", "good-wash"),
        ("ink", "warn-wash"),
        ("soft", "warn-wash"),
    ] {
        let found = contrast(colour(text), colour(ground));
        assert!(found >= 4.5, "{text} on {ground}: {found:.2}");
    }
    for (border, ground) in [("edge", "paper"), ("edge", "wash"), ("bad", "paper"), ("warn", "warn-wash")] {
        let found = contrast(colour(border), colour(ground));
        assert!(found >= 3.0, "{border} on {ground}: {found:.2}");
    }
}

#[test]
fn every_failure_says_what_to_do_and_carries_the_request_id() {
    let failures: Vec<(String, String)> =
        all_pages().into_iter().filter(|(name, _)| name.starts_with("blad-")).collect();
    assert_eq!(failures.len(), super::samples::failures().len());
    for (name, html) in failures {
        let page = Html::parse_document(&html);
        let text = words(select(&page, "main")[0]);
        assert!(text.contains("Numer zdarzenia: 0197-abcd"), "{name}");
        assert!(text.contains("2.3. Opis"), "{name}: what was typed is shown");
        assert!(
            select(&page, "main > p").iter().filter(|part| !words(**part).is_empty()).count() >= 3,
            "{name}"
        );
    }
}
