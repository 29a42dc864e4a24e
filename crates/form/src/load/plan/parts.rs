//! What keeps one fact one number: parts and their wholes, percentages that nobody computed, levels of publication.

use super::super::codes;
use super::super::draft::{Draft, Record};
use super::super::names::Form;
use super::super::near;
use super::super::report::{Finding, Report};
use super::super::source::Span;
use crate::expr::Expr;
use crate::plan::{Function, Measure, Plan};

/// Checks each measure against the others and against the questions that it counts.
pub(super) fn check(report: &mut Report<'_>, draft: &Draft, form: &Form<'_>, plan: &Plan) {
    for record in &draft.measures {
        let Some(measure) = record.text("name").and_then(|name| plan.measure(name)) else { continue };
        check_part(report, record, plan, measure);
        check_level(report, record, form, measure);
    }
}

fn check_part(report: &mut Report<'_>, record: &Record, plan: &Plan, measure: &Measure) {
    let Some(part) = &measure.part_of else { return };
    let Some(whole) = plan.measure(&part.whole) else {
        let message = format!("part_of: nie ma miernika „{}”", part.whole);
        let names = plan.measures.iter().map(|measure| measure.name.as_str());
        let finding = Finding::new(codes::PART_OF, record.span_of("part_of"), message);
        report.add(finding.near(near(&part.whole, names)));
        return;
    };
    let adds_up =
        |measure: &Measure| matches!(measure.function, Function::Count | Function::Share | Function::Sum);
    let message = if leads_back(plan, measure) {
        format!("part_of: „{}” byłby częścią samego siebie", measure.name)
    } else if !adds_up(measure) || !adds_up(whole) {
        "part_of łączy tylko liczby, które się sumują (fn = count, share, sum)".to_owned()
    } else {
        return;
    };
    report.add(Finding::new(codes::PART_OF, record.span_of("part_of"), message));
}

fn leads_back(plan: &Plan, measure: &Measure) -> bool {
    let mut at = measure;
    for _ in 0..=plan.measures.len() {
        let Some(next) = at.part_of.as_ref().and_then(|part| plan.measure(&part.whole)) else { return false };
        at = next;
    }
    true
}

fn check_level(report: &mut Report<'_>, record: &Record, form: &Form<'_>, measure: &Measure) {
    let parts = [("of", &measure.of), ("where", &measure.filter)];
    for (key, expr) in parts {
        let names = expr.iter().flat_map(Expr::references);
        let entry = |name: &str| form.entry(name).map(|entry| &form.rows.entries[entry].record);
        let never =
            names.filter(|name| entry(name).is_some_and(|record| record.text("publish") == Some("never")));
        if let Some(name) = never.into_iter().next() {
            let message =
                format!("pytanie „{name}” ma publish = \"never\", więc ta liczba nie wyjdzie poza panel");
            report.add(Finding::new(codes::NOT_PUBLISHED, record.span_of(key), message));
        }
    }
}

/// Warns of a percentage among the words of a sentence.
pub(super) fn check_words(report: &mut Report<'_>, words: &str, span: &Span) {
    let typed = words.match_indices('%').any(|(at, _)| {
        let before = words[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        before.ends_with(|c: char| c.is_ascii_digit())
    });
    if typed {
        let message = "odsetek wpisany ręcznie: nie zmieni się razem z danymi";
        let finding = Finding::new(codes::TYPED_PERCENT, span, message);
        report.add(finding.help("proszę wstawić {miernik:0%}; podstawę miernika określa klucz base."));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::codes;

    /// Codes of the problems of a questionnaire with these tables after its questions.
    fn found(tables: &str) -> Vec<&'static str> {
        let questions = r#"
[settings]
form_id = "f"
version = "1"
form_title = "F"
[[survey]]
type = "begin_group"
name = "g"
label = "G"
[[survey]]
type = "integer"
name = "a"
label = "A"
[[survey]]
type = "text"
name = "nip"
label = "NIP"
publish = "never"
[[survey]]
type = "end_group"
"#;
        let source = format!("{questions}{tables}");
        crate::load("f.toml", &source).problems.iter().map(|problem| problem.code).collect()
    }

    const WHOLE: &str = "[[measures]]\nname = \"calosc\"\nlabel = \"C\"\nfn = \"sum\"\nof = \"${a}\"\n";

    fn part(more: &str) -> String {
        format!(
            "{WHOLE}[[measures]]\nname = \"czesc\"\nlabel = \"P\"\nfn = \"sum\"\nof = \"${{a}}\"\n{more}\n"
        )
    }

    #[test]
    fn a_part_needs_a_whole_that_adds_up_and_a_name() {
        assert_eq!(found(&part("part_of = \"calosc\"\npart_label = \"w PS\"")), [""; 0]);
        for wrong in [
            "part_of = \"calosci\"\npart_label = \"w PS\"",
            "part_of = \"czesc\"\npart_label = \"w PS\"",
            "part_of = \"calosc\"",
        ] {
            assert_eq!(found(&part(wrong)), [codes::PART_OF], "{wrong}");
        }
        assert_eq!(found(&part("part_label = \"w PS\"")), [codes::KEY_WITHOUT_EFFECT]);
        let list = format!(
            "{WHOLE}[[measures]]\nname = \"b\"\nlabel = \"B\"\nfn = \"mean\"\nof = \"${{a}}\"\npart_of = \"calosc\"\npart_label = \"x\"\n"
        );
        assert_eq!(found(&list), [codes::PART_OF]);
    }

    #[test]
    fn two_measures_that_are_parts_of_each_other_are_found() {
        let circle = part("part_of = \"calosc\"\npart_label = \"x\"")
            .replace("name = \"calosc\"\n", "name = \"calosc\"\npart_of = \"czesc\"\npart_label = \"y\"\n");
        assert_eq!(found(&circle), [codes::PART_OF, codes::PART_OF]);
    }

    #[test]
    fn a_typed_percentage_is_warned_of_and_a_computed_one_is_not() {
        let with = |text: &str| format!("{WHOLE}[[report]]\nrow = \"1\"\ntext = \"{text}\"\n");
        for typed in ["48% JST ({calosc})", "czyli 48,5 % wszystkich, {calosc}", "to 7\u{a0}%"] {
            assert_eq!(found(&with(typed)), [codes::TYPED_PERCENT], "{typed}");
        }
        for fine in ["{calosc} JST", "odsetek w %", "{calosc} z 100"] {
            assert_eq!(found(&with(fine)), [""; 0], "{fine}");
        }
    }

    #[test]
    fn a_measure_over_answers_that_are_never_published_is_warned_of() {
        let measure = "[[measures]]\nname = \"r\"\nlabel = \"R\"\nfn = \"distinct\"\nof = \"${nip}\"\n";
        assert_eq!(found(measure), [codes::NOT_PUBLISHED]);
    }
}
