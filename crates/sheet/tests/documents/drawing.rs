//! Charts and maps.

use sheet::chart::{Bar, Bars, Curve, Day, Event, Group, Groups, Mark, Plan, Point, Series, Shape, Target};
use sheet::map::{Choropleth, Level, Shade, areas};

fn bars() -> Bars {
    let bar = |label: &str, value: f64, base: f64| Bar {
        label: label.into(),
        value,
        base: Some(base),
        text: format!("{value} z {base} ({}%)", (value / base * 100.0).round()),
    };
    Bars {
        title: "Odpowiedzi <według> rodzaju".into(),
        description: "Najwięcej odpowiedzi dały gminy wiejskie.".into(),
        bars: vec![
            bar("Gminy wiejskie", 170.0, 200.0),
            bar(
                "Gminy miejsko-wiejskie, których siedziba leży w mieście na prawach powiatu albo poza nim",
                60.0,
                79.0,
            ),
            bar("Powiaty", 0.0, 37.0),
        ],
        most: None,
    }
}

fn groups() -> Groups {
    let mark = |value: f64| Some(Mark { value, text: format!("{value}") });
    Groups {
        title: "Dwa lata".into(),
        description: "W 2024 r. więcej niż w 2023 r.".into(),
        series: vec!["2022".into(), "2023".into(), "2024".into(), "2025".into()],
        groups: vec![
            Group { label: "Szkolenia".into(), marks: vec![mark(10.0), mark(20.0), mark(30.0), mark(7.0)] },
            Group { label: "Konferencje i inne wydarzenia".into(), marks: vec![mark(5.0), None, mark(15.0)] },
        ],
        most: Some(40.0),
    }
}

fn series(shape: Shape) -> Series {
    let point = |label: &str, value: Option<f64>, breaks| Point {
        label: label.into(),
        value,
        text: value.map_or_else(|| "–".into(), |value| value.to_string()),
        breaks,
    };
    Series {
        title: "Wskaźnik W1.1".into(),
        description: "Wartości rosną, w 2024 r. zmieniła się definicja.".into(),
        shape,
        name: "wykonanie".into(),
        points: vec![
            point("2021–2023", Some(40.0), false),
            point("2023", Some(55.0), false),
            point("2024", Some(90.0), true),
            point("2025", None, false),
            point("2026", Some(20.0), false),
        ],
        plan: Some(Plan {
            name: "plan: 120 do 2026 r.".into(),
            values: vec![Some(30.0), None, Some(80.0), None, Some(120.0)],
        }),
        target: Some(Target { name: "cel: 150".into(), value: 150.0 }),
        break_text: "zmiana definicji, lat nie można porównać".into(),
    }
}

fn curve() -> Curve {
    let days = (0..40).map(|day| Day {
        label: format!("{:02}.01", day % 31 + 1),
        value: f64::from(day * day / 5),
        text: format!("{} odpowiedzi", day * day / 5),
    });
    Curve {
        title: "Napływ odpowiedzi".into(),
        description: "Najwięcej odpowiedzi nadeszło ostatniego dnia.".into(),
        days: days.collect(),
        total: Some((352.0, "wysłano 352 zaproszenia".into())),
        events: vec![
            Event { day: 14, label: "pierwsze przypomnienie".into() },
            Event { day: 36, label: "ostatni dzień".into() },
            Event { day: 99, label: "poza".into() },
        ],
    }
}

fn map(level: Level) -> Choropleth {
    let shades =
        areas(level).into_iter().enumerate().filter(|(place, _)| place % 6 != 5).map(|(place, (code, _))| {
            (code.to_owned(), Shade { class: place % 6, text: format!("{}%", place % 6 * 20) })
        });
    Choropleth {
        title: "Udział gmin".into(),
        description: "Najciemniejsze obszary mają najwięcej.".into(),
        level,
        classes: ["0%", "1–20%", "21–40%", "41–60%", "ponad 60%"].map(str::to_owned).to_vec(),
        nothing: "brak danych lub mniej niż 5".into(),
        shades: shades.collect(),
    }
}

fn all() -> Vec<(&'static str, String)> {
    vec![
        ("bars", bars().draw()),
        ("groups", groups().draw()),
        ("series", series(Shape::Line).draw()),
        ("columns", series(Shape::Columns).draw()),
        ("curve", curve().draw()),
        ("powiaty", map(Level::Powiat).draw()),
        ("gminy", map(Level::Gmina).draw()),
    ]
}

#[test]
fn every_picture_has_a_title_a_description_and_a_size() {
    for (name, svg) in all() {
        std::fs::write(format!("{}/{name}.svg", env!("CARGO_TARGET_TMPDIR")), &svg).unwrap();
        assert!(
            svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id="),
            "{name}"
        );
    }
}

#[test]
fn the_same_input_gives_the_same_picture() {
    assert_eq!(all(), all());
    for (name, svg) in all().into_iter().filter(|(name, _)| !matches!(*name, "powiaty" | "gminy")) {
        insta::assert_snapshot!(name, svg.replace("><", ">\n<"));
    }
}

/// The relative luminance of a colour `#rrggbb` or `#rgb`.
fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let doubled: String = digits.chars().flat_map(|c| [c, c]).collect();
    let digits = if digits.len() == 3 { &doubled } else { digits };
    let channel = |place: usize| {
        let value = f64::from(u8::from_str_radix(&digits[place..place + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colours of the fills of a legend from top to bottom: plain ones, and ground and marks of patterns.
fn fills(svg: &str) -> Vec<Vec<String>> {
    let quoted = |text: &str, name: &str| -> Vec<String> {
        let mark = format!("{name}=\"");
        let starts = text.split(&mark).skip(1);
        starts
            .filter_map(|rest| rest.split('"').next())
            .filter(|value| value.starts_with('#'))
            .map(str::to_owned)
            .collect()
    };
    let keys = svg.split("<rect ").filter(|rect| rect.contains("width=\"20\" height=\"14\""));
    let fills = keys.map(|key| {
        let fill = key.split("fill=\"").nth(1).unwrap().split('"').next().unwrap();
        match fill.strip_prefix("url(#") {
            None => vec![fill.to_owned()],
            Some(id) => {
                let start = svg.find(&format!("<pattern id=\"{}\"", id.trim_end_matches(')'))).unwrap();
                let pattern = svg[start..].split("</pattern>").next().unwrap();
                quoted(pattern, "fill").into_iter().chain(quoted(pattern, "stroke")).collect()
            }
        }
    });
    fills.collect()
}

#[test]
fn neighbours_differ_by_contrast_or_marks_and_text_can_be_read() {
    for (name, svg) in all() {
        assert!(contrast("#1b1b1b", "#ffffff") >= 4.5 && svg.contains("fill=\"#1b1b1b\""), "{name}");
        let fills = fills(&svg);
        for pair in fills.windows(2) {
            let differs_by_marks =
                pair[0].len() != pair[1].len() || (pair[0].len() > 1 && pair[0] != pair[1]);
            assert!(differs_by_marks || contrast(&pair[0][0], &pair[1][0]) >= 3.0, "{name}: {pair:?}");
        }
        for marked in fills.iter().filter(|fill| fill.len() > 1) {
            assert!(contrast(&marked[0], marked.last().unwrap()) >= 3.0, "{name}: {marked:?}");
        }
    }
    assert!(fills(&map(Level::Powiat).draw()).len() == 6);
}

#[test]
fn a_map_has_all_areas_and_hides_why_one_shows_nothing() {
    assert_eq!((areas(Level::Gmina).len(), areas(Level::Powiat).len()), (314, 42));
    let mut one = map(Level::Powiat);
    one.shades = [("1465".to_owned(), Shade { class: 0, text: "40%".into() })].into();
    let svg = one.draw();
    assert_eq!(svg.matches("brak danych lub mniej niż 5</title>").count(), 41);
    one.shades.insert("1401".into(), Shade { class: 9, text: "3".into() });
    assert_eq!(svg, one.draw(), "a class that there is not is no shade");
    one.shades.insert("9999".into(), Shade { class: 0, text: "obcy".into() });
    assert_eq!(svg, one.draw(), "an unknown area is not drawn");
}

#[test]
fn strange_values_can_be_drawn() {
    let mut strange = bars();
    strange.bars[0].value = f64::NAN;
    strange.bars[1].value = -5.0;
    strange.bars[2].base = Some(f64::INFINITY);
    let mut empty = series(Shape::Line);
    empty.points.clear();
    let mut still = curve();
    still.days.truncate(1);
    let nothing = Curve { days: Vec::new(), ..still.clone() };
    let zero = Bars {
        bars: vec![Bar { label: "a".repeat(200), value: 0.0, base: None, text: "0".into() }],
        ..bars()
    };
    let flat = Groups { series: Vec::new(), ..groups() };
    for svg in [strange.draw(), empty.draw(), still.draw(), nothing.draw(), zero.draw(), flat.draw()] {
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
