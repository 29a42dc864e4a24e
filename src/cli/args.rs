//! The words of the command line. Help is for administrators, so it is in Polish.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::config::Flags;

/// Miernik: ankiety monitoringu programu rozwoju ekonomii społecznej, od odnośnika do liczby w raporcie.
#[derive(Debug, Parser)]
#[command(
    name = "miernik",
    version,
    after_help = "Przykład: miernik demo\nUstawienia: plik < zmienne MIERNIK_* < opcje."
)]
pub(super) struct Cli {
    /// Plik ustawień (domyślnie ./miernik.toml, jeśli istnieje)
    #[arg(long, global = true, env = "MIERNIK_CONFIG", value_name = "PLIK")]
    config: Option<PathBuf>,
    /// Baza danych: postgres://… albo ścieżka pliku SQLite (wygrywa z ustawieniami)
    #[arg(long, global = true, value_name = "ADRES")]
    database: Option<String>,
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Cli {
    pub(super) fn flags(&self) -> Flags {
        Flags { config: self.config.clone(), database: self.database.clone() }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Pokaz: baza, rejestr, ankiety, zaproszenia i przykładowe odpowiedzi w jednym folderze
    #[command(after_help = "Przykład: miernik demo --dir miernik-demo --port 8080")]
    Demo(super::demo::DemoArgs),
    /// Uruchamia usługę
    #[command(after_help = "Przykład: miernik serve --config /etc/miernik/miernik.toml")]
    Serve,
    /// Doprowadza bazę do wersji tego programu
    #[command(after_help = "Przykład: miernik migrate --database postgres://miernik@localhost/miernik")]
    Migrate,
    /// Klucze odnośników i klucze API
    #[command(after_help = "Przykład: miernik key new")]
    Key {
        #[command(subcommand)]
        action: super::key::KeyAction,
    },
    /// Rejestr jednostek
    #[command(after_help = "Przykład: miernik units import jst.xlsx --dry-run")]
    Units {
        #[command(subcommand)]
        action: super::units::UnitsAction,
    },
    /// Listy publiczne podmiotów: PS, CIS, KIS, ZAZ, WTZ i inne
    #[command(
        after_help = "Przykład: miernik entities import ps.xlsx --list ps --date 2024-12-31 --source \"rejestr wojewody\" --dry-run --report wynik.csv"
    )]
    Entities {
        #[command(subcommand)]
        action: super::entities::EntitiesAction,
    },
    /// Edycje: utworzenie, otwarcie, zamknięcie, zamrożone stany i erraty
    #[command(after_help = "Przykład: miernik edition open mazowsze/2024")]
    Edition {
        #[command(subcommand)]
        action: super::edition::EditionAction,
    },
    /// Ustawia w kolejce listy do jednostek, które nie wysłały jeszcze ankiety: zaproszenie albo przypomnienie
    #[command(
        after_help = "Przykłady:\n  miernik invite --edition mazowsze/2024 --dry-run\n  miernik invite --edition mazowsze/2024 --wave przypomnienie --template forms/mazowsze/mail/przypomnienie.txt"
    )]
    Invite(super::invite::InviteArgs),
    /// Wypisuje odnośniki i kody z pism jako CSV; wydaje nowe albo unieważnia
    #[command(after_help = "Przykład: miernik links --edition mazowsze/2024 -o odnosniki.csv")]
    Links(super::invite::LinksArgs),
    /// Drukuje mierniki edycji z podstawami
    #[command(
        after_help = "Przykłady:\n  miernik measures --edition mazowsze/2024 --format json\n  miernik measures --edition mazowsze/2024 --by nuts3 --by kind --measure jst.media_jst --format csv"
    )]
    Measures(super::measures::MeasuresArgs),
    /// Wskaźniki programu: stopień realizacji, obliczenie, ostrzeżenia; wpisywanie wartości
    #[command(after_help = "Przykład: miernik indicators --edition mazowsze/2024 --format json")]
    Indicators(super::indicators::IndicatorsArgs),
    /// Zapisuje rozdział raportu i jego liczby do folderu albo odświeża liczby w rozdziale, który już ktoś poprawiał
    ///
    /// Powstają: rozdzial.docx (liczby są powiązane i można je odświeżyć), rozdzial.html, tabele.xlsx, liczby w CSV
    /// i JSON oraz paczka danych (Frictionless Data Package). Danych kontaktowych i odpowiedzi własnymi słowami nie ma
    /// w nich nigdy.
    #[command(
        after_help = "Przykłady:\n  miernik report --edition mazowsze/2024 -o raport\n  miernik report --update rozdzial.docx -o rozdzial-2.docx"
    )]
    Report(super::report::ReportArgs),
    /// Porównuje liczby edycji z wcześniejszymi: te same pytania, ten sam sposób liczenia, przerwy w seriach z powodem
    #[command(
        after_help = "Przykład: miernik compare --edition mazowsze/2025 --with mazowsze/2024 --format csv-excel"
    )]
    Compare(super::compare::CompareArgs),
    /// Odpowiedzi jako pliki
    #[command(
        after_help = "Przykład: miernik responses export --edition mazowsze/2024 --form jst -o odpowiedzi-jst"
    )]
    Responses {
        #[command(subcommand)]
        action: super::responses::ResponsesAction,
    },
    /// Kody odpowiedzi otwartych: klucze kodowe i kodowanie jako pliki
    #[command(
        after_help = "Przykład: miernik codes export --edition mazowsze/2024 -o kody\n          miernik codes import kody/kodowanie.csv --edition mazowsze/2024 --dry-run"
    )]
    Codes {
        #[command(subcommand)]
        action: super::codes::CodesAction,
    },
    /// Różne pozycje (media, wydarzenia, dokumenty, podmioty): decyzje o łączeniu jako pliki
    #[command(after_help = "Przykład: miernik things export --edition mazowsze/2024 -o laczenie")]
    Things {
        #[command(subcommand)]
        action: super::things::ThingsAction,
    },
    /// Sprawdzanie i porównywanie ankiet, obliczanie wyrażeń
    #[command(after_help = "Przykład: miernik form check forms/mazowsze/2024/jst.toml")]
    Form {
        #[command(subcommand)]
        action: super::form::FormAction,
    },
    /// Osoby korzystające z panelu
    #[command(after_help = "Przykład: printf '%s' \"$HASLO\" | miernik user add anna --password-stdin")]
    User {
        #[command(subcommand)]
        action: super::user::UserAction,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Do czytania
    Text,
    /// Jeden dokument JSON
    Json,
    /// CSV dla polskiego Excela
    CsvExcel,
    /// CSV jako otwarte dane
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FileFormat {
    /// CSV jako otwarte dane
    Csv,
    /// CSV dla polskiego Excela
    CsvExcel,
    /// JSON: tablica obiektów
    Json,
    /// Jeden skoroszyt odpowiedzi.xlsx: arkusz dla każdej tabeli
    Xlsx,
}
