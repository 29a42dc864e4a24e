//! XLSX uploads.

use rust_xlsxwriter::Workbook;

use crate::build::In::{B, E, F, N, T};
use crate::build::{fill, merge, workbook};
use crate::known::contracts;

#[test]
fn a_workbook_with_titles_a_header_of_two_rows_and_merged_cells_is_read() {
    let bytes = workbook(|sheet| {
        merge(sheet, (0, 0), (0, 6), "Wykaz jednostek samorządu terytorialnego województwa mazowieckiego");
        merge(sheet, (1, 0), (1, 6), "stan na 1 stycznia 2026 r.");
        merge(sheet, (3, 0), (4, 0), "Lp.");
        merge(sheet, (3, 1), (3, 4), "Kod TERYT");
        merge(sheet, (3, 5), (4, 5), "NAZWA JEDNOSTKI");
        merge(sheet, (3, 6), (3, 7), "Kontakt");
        fill(sheet, 4, &[&[E, T("WK"), T("PK"), T("GK"), T("RODZ"), E, T("e-mail"), T("telefon")]]);
        fill(
            sheet,
            5,
            &[
                &[
                    N(1.0),
                    N(14.0),
                    N(1.0),
                    N(1.0),
                    N(3.0),
                    T("Białobrzegi"),
                    T("um@b.example"),
                    T("48 1234567"),
                ],
                &[N(2.0), T("14"), T("01"), T("02"), T("2"), T("Promna"), T("ug@p.example")],
                &[N(3.0), N(14.0), N(1.0), E, E, T("powiat białobrzeski"), T("sp@b.example")],
                &[N(4.0), N(14.0), E, E, E, T("województwo mazowieckie"), E],
                &[N(5.0), N(14.0), N(65.0), N(0.0), N(0.0), T("Warszawa"), T("um@w.example")],
                &[N(6.0), N(14.0), N(1.0), N(3.0), N(1.0), T("Radzanów"), T("ug@r.example")],
                &[N(7.0), N(14.0), N(1.0), N(1.0), N(4.0), T("Białobrzegi"), T("um@b.example")],
                &[],
            ],
        );
        merge(sheet, (13, 0), (13, 4), "RAZEM");
        fill(sheet, 13, &[&[E, E, E, E, E, N(7.0)]]);
        merge(sheet, (14, 0), (14, 6), "Dane ze stron internetowych urzędów gmin i powiatów.");
    });
    assert_eq!(
        contracts(&bytes, "wykaz.xlsx"),
        [
            "1,ignore,,",
            "2,ignore,,",
            "3,ignore,,",
            "4,header,,",
            "5,header,,",
            "6,ok_fixed,1401013,um@b.example",
            "7,ok_fixed,1401022,ug@p.example",
            "8,ok_fixed,1401000,sp@b.example",
            "9,warn_email,1400000,",
            "10,duplicate,1465011,um@w.example",
            "11,warn_type,1401032,ug@r.example",
            "12,ignore,,",
            "13,ignore,,",
            "14,ignore,,",
            "15,ignore,,",
        ]
    );
}

#[test]
fn codes_in_cells_of_numbers_are_whole_and_formulas_give_their_results() {
    let bytes = workbook(|sheet| {
        fill(
            sheet,
            0,
            &[
                &[T("kod gminy"), T("gmina"), T("adres e-mail")],
                &[N(1_401_013.0), T("Białobrzegi"), T("um@b.example")],
                &[N(140_102.0), T("Promna"), T("ug@p.example")],
                &[
                    F("=\"14\"&\"01032\"", "1401032"),
                    T("Radzanów"),
                    F("=\"ug\"&\"@r.example\"", "ug@r.example"),
                ],
                &[B(true), T("Stara Błotnica"), T("ug@s.example")],
                &[F("=NA()", "#N/A"), T("Stromiec"), T("ug@s.example")],
                &[N(1_401_063.0), T("Wyśmierzyce"), F("=NA()", "#N/A")],
                &[N(1_402_011.0), N(12.0), B(false)],
                &[N(1_402_022.5), T("Ciechanów"), T("ug@c.example")],
            ],
        );
    });
    assert_eq!(
        contracts(&bytes, "x.xlsx"),
        [
            "1,header,,",
            "2,ok,1401013,um@b.example",
            "3,ok_fixed,1401022,ug@p.example",
            "4,ok,1401032,ug@r.example",
            "5,error,,",
            "6,error,,",
            "7,warn_email,1401063,",
            "8,warn_email,1402011,",
            "9,error,,",
        ]
    );
}

#[test]
fn a_formula_without_a_result_arrives_as_its_text_and_is_read_when_it_only_holds_one() {
    let bytes = workbook(|sheet| {
        fill(
            sheet,
            0,
            &[
                &[T("TERYT"), T("Nazwa"), T("E-mail")],
                &[T("=\"1401013\""), T("Białobrzegi"), T("um@b.example")],
                &[T("=A2+1"), T("Promna"), T("ug@p.example")],
                &[N(1_401_032.0), T("Radzanów"), T("=B4&\"@r.example\"")],
                &[
                    N(1_401_042.0),
                    T("Stara Błotnica"),
                    T("=HYPERLINK(\"mailto:ug@s.example\",\"ug@s.example\")"),
                ],
            ],
        );
    });
    assert_eq!(
        contracts(&bytes, "x.xlsx"),
        [
            "1,header,,",
            "2,ok_fixed,1401013,um@b.example",
            "3,error,,",
            "4,warn_email,1401032,",
            "5,ok_fixed,1401042,ug@s.example",
        ]
    );
}

#[test]
fn hidden_sheets_are_ignored_and_the_sheet_with_the_register_is_chosen() {
    let mut book = Workbook::new();
    let about = book.add_worksheet().set_name("Opis").unwrap();
    fill(about, 0, &[&[T("Plik zawiera adresy jednostek")], &[T("Kontakt"), T("x@x.example")]]);
    let old = book.add_worksheet().set_name("stare").unwrap();
    fill(
        old,
        0,
        &[&[T("TERYT"), T("Nazwa"), T("E-mail")], &[N(1_401_013.0), T("Białobrzegi"), T("stary@b.example")]],
    );
    fill(old, 2, &[&[N(1_401_022.0), T("Promna"), T("stary@p.example")]]);
    old.set_hidden(true);
    let list = book.add_worksheet().set_name("Adresy").unwrap();
    fill(
        list,
        2,
        &[&[T("TERYT"), T("Nazwa"), T("E-mail")], &[N(1_401_013.0), T("Białobrzegi"), T("um@b.example")]],
    );
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        contracts(&bytes, "x.xlsx"),
        ["1,ignore,,", "2,ignore,,", "3,header,,", "4,ok,1401013,um@b.example"]
    );
}

#[test]
fn one_header_over_four_columns_of_digits_is_a_split_code() {
    let bytes = workbook(|sheet| {
        merge(sheet, (0, 0), (0, 3), "Kod TERYT");
        fill(sheet, 0, &[&[E, E, E, E, T("Jednostka"), T("Poczta elektroniczna")]]);
        fill(
            sheet,
            1,
            &[
                &[T("14"), T("01"), T("01"), T("3"), T("Białobrzegi"), T("um@b.example")],
                &[N(14.0), N(1.0), N(2.0), N(2.0), T("Promna"), T("ug@p.example")],
            ],
        );
    });
    assert_eq!(
        contracts(&bytes, "x.xlsx"),
        ["1,header,,", "2,ok_fixed,1401013,um@b.example", "3,ok_fixed,1401022,ug@p.example"]
    );
}

#[test]
fn columns_of_level_names_beside_split_codes_are_told_apart_by_what_they_hold() {
    let bytes = workbook(|sheet| {
        fill(
            sheet,
            0,
            &[
                &[T("WOJ"), T("POW"), T("GMI"), T("RODZ"), T("Powiat"), T("Gmina"), T("e-mail")],
                &[N(14.0), N(1.0), N(1.0), N(3.0), T("białobrzeski"), T("Białobrzegi"), T("um@b.example")],
                &[N(14.0), N(1.0), E, E, T("białobrzeski"), E, T("sp@b.example")],
            ],
        );
    });
    assert_eq!(
        contracts(&bytes, "x.xlsx"),
        ["1,header,,", "2,ok_fixed,1401013,um@b.example", "3,ok_fixed,1401000,sp@b.example"]
    );
}

#[test]
fn a_cell_merged_over_rows_counts_for_each_of_them() {
    let bytes = workbook(|sheet| {
        fill(sheet, 0, &[&[T("WK"), T("PK"), T("GK"), T("R"), T("Nazwa"), T("E-mail")]]);
        merge(sheet, (1, 0), (3, 0), "14");
        merge(sheet, (1, 1), (3, 1), "01");
        fill(
            sheet,
            1,
            &[
                &[E, E, T("01"), T("3"), T("Białobrzegi"), T("um@b.example")],
                &[E, E, T("02"), T("2"), T("Promna"), T("ug@p.example")],
                &[E, E, T("03"), T("2"), T("Radzanów"), T("ug@r.example")],
            ],
        );
    });
    let found = contracts(&bytes, "x.xlsx");
    let expected = [
        "1,header,,",
        "2,ok_fixed,1401013,um@b.example",
        "3,ok_fixed,1401022,ug@p.example",
        "4,ok_fixed,1401032,ug@r.example",
    ];
    assert_eq!(found, expected);
}

#[test]
fn labels_of_groups_above_a_header_belong_to_it() {
    let bytes = workbook(|sheet| {
        merge(sheet, (0, 0), (0, 3), "Adresy urzędów");
        merge(sheet, (1, 0), (1, 1), "Dane rejestrowe");
        merge(sheet, (1, 2), (1, 3), "Dane teleadresowe");
        fill(
            sheet,
            2,
            &[
                &[T("Teryt"), T("Nazwa"), T("Telefon"), T("E-mail")],
                &[N(1_401_013.0), T("Białobrzegi"), N(481_234_567.0), T("um@b.example")],
            ],
        );
    });
    assert_eq!(
        contracts(&bytes, "x.xlsx"),
        ["1,ignore,,", "2,header,,", "3,header,,", "4,ok,1401013,um@b.example"]
    );
}
