//! The words of the command line. Help is for administrators, so it is in Polish.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    Demo(DemoArgs),
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
        action: KeyAction,
    },
    /// Rejestr jednostek
    #[command(after_help = "Przykład: miernik units import jst.xlsx --dry-run")]
    Units {
        #[command(subcommand)]
        action: UnitsAction,
    },
    /// Listy publiczne podmiotów: PS, CIS, KIS, ZAZ, WTZ i inne
    #[command(
        after_help = "Przykład: miernik entities import ps.xlsx --list ps --date 2024-12-31 --source \"rejestr wojewody\" --dry-run --report wynik.csv"
    )]
    Entities {
        #[command(subcommand)]
        action: EntitiesAction,
    },
    /// Edycje: utworzenie, otwarcie, zamknięcie
    #[command(after_help = "Przykład: miernik edition open mazowsze/2024")]
    Edition {
        #[command(subcommand)]
        action: EditionAction,
    },
    /// Ustawia w kolejce zaproszenia do wszystkich jednostek edycji
    #[command(after_help = "Przykład: miernik invite --edition mazowsze/2024 --dry-run")]
    Invite(InviteArgs),
    /// Zapisuje odnośniki i kody z pism do pliku CSV
    #[command(after_help = "Przykład: miernik links --edition mazowsze/2024 -o odnosniki.csv")]
    Links(LinksArgs),
    /// Drukuje mierniki edycji z podstawami
    #[command(
        after_help = "Przykłady:\n  miernik measures --edition mazowsze/2024 --format json\n  miernik measures --edition mazowsze/2024 --by nuts3 --by kind --measure jst.media_jst --format csv"
    )]
    Measures(MeasuresArgs),
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
    Report(ReportArgs),
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
        action: ResponsesAction,
    },
    /// Kody odpowiedzi otwartych: klucze kodowe i kodowanie jako pliki
    #[command(
        after_help = "Przykład: miernik codes export --edition mazowsze/2024 -o kody\n          miernik codes import kody/kodowanie.csv --edition mazowsze/2024 --dry-run"
    )]
    Codes {
        #[command(subcommand)]
        action: CodesAction,
    },
    /// Sprawdzanie ankiet i wyrażeń
    #[command(after_help = "Przykład: miernik form check forms/mazowsze/2024/jst.toml")]
    Form {
        #[command(subcommand)]
        action: FormAction,
    },
    /// Osoby korzystające z panelu
    #[command(after_help = "Przykład: miernik user add anna --password-stdin")]
    User {
        #[command(subcommand)]
        action: UserAction,
    },
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Folder pokazu; może istnieć, jeśli jest pusty
    #[arg(long, default_value = "miernik-demo", value_name = "FOLDER")]
    pub dir: PathBuf,
    /// Port na 127.0.0.1; 0 wybiera wolny
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Kończy po przygotowaniu, bez uruchamiania usługi
    #[arg(long)]
    pub once: bool,
    /// Wynik jako jeden dokument JSON
    #[arg(long)]
    pub json: bool,
    /// Ziarno: te same liczby, te same odpowiedzi
    #[arg(long, default_value_t = 2024)]
    pub seed: u64,
    /// Folder programu z ankietami; bez tego pliki z wnętrza programu
    #[arg(long, value_name = "FOLDER")]
    pub forms: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyAction {
    /// Tworzy nowy klucz odnośników (plik 0600 w folderze kluczy)
    #[command(after_help = "Przykład: miernik key new")]
    New,
    /// Dodaje klucz API; drukuje go jeden raz
    #[command(after_help = "Przykład: miernik key add --programme mazowsze --name hurtownia")]
    Add {
        /// Program
        #[arg(long)]
        programme: String,
        /// Do czego służy
        #[arg(long)]
        name: String,
    },
    /// Wypisuje klucze odnośników i klucze API (bez ich treści)
    #[command(after_help = "Przykład: miernik key list")]
    List,
    /// Unieważnia klucz API
    #[command(after_help = "Przykład: miernik key revoke --programme mazowsze --name hurtownia")]
    Revoke {
        /// Program
        #[arg(long)]
        programme: String,
        /// Nazwa klucza
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum UnitsAction {
    /// Wczytuje rejestr z pliku CSV lub XLSX; albo wszystko przyjęte, albo nic
    #[command(after_help = "Przykład: miernik units import jst.xlsx --dry-run --report wynik.csv")]
    Import {
        /// Plik CSV (UTF-8 albo Windows-1250) lub XLSX
        file: PathBuf,
        /// Program, do którego należą jednostki
        #[arg(long, default_value = "mazowsze")]
        programme: String,
        /// Tylko pokazuje, co by się stało
        #[arg(long)]
        dry_run: bool,
        /// Wynik dla każdego wiersza pliku
        #[arg(long, value_name = "PLIK")]
        report: Option<PathBuf>,
    },
    /// Zapisuje rejestr do pliku CSV
    #[command(after_help = "Przykład: miernik units export -o rejestr.csv")]
    Export {
        /// Program
        #[arg(long, default_value = "mazowsze")]
        programme: String,
        /// Plik wynikowy; bez niego wynik trafia na standardowe wyjście
        #[arg(short, long, value_name = "PLIK")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum EntitiesAction {
    /// Wczytuje listę z pliku CSV lub XLSX; albo wszystko przyjęte, albo nic
    ///
    /// Kolumny rozpoznawane po nagłówku: nazwa, NIP, KRS, rodzaj lub forma, siedziba, status od, status do, data
    /// założenia. Kto zniknął z nowszej listy, nie traci statusu sam: w wyniku stoi propozycja, decyzja zapada w panelu.
    #[command(
        after_help = "Przykład: miernik entities import ps.xlsx --list ps --date 2024-12-31 --source \"rejestr wojewody\" --dry-run --report wynik.csv"
    )]
    Import(EntitiesImport),
}

#[derive(Debug, Args)]
pub(super) struct EntitiesImport {
    /// Plik CSV (UTF-8 albo Windows-1250) lub XLSX
    pub file: PathBuf,
    /// Która lista: ps, cis, kis, zaz, wtz, spoldzielnie-socjalne, spolki-non-profit
    #[arg(long, value_name = "LISTA")]
    pub list: String,
    /// Dzień, którego stan pokazuje lista
    #[arg(long, value_name = "RRRR-MM-DD")]
    pub date: chrono::NaiveDate,
    /// Kto ogłasza listę
    #[arg(long, value_name = "ŹRÓDŁO")]
    pub source: String,
    /// Program
    #[arg(long, default_value = "mazowsze")]
    pub programme: String,
    /// Tylko pokazuje, co by się stało
    #[arg(long)]
    pub dry_run: bool,
    /// Wynik dla każdego wiersza pliku
    #[arg(long, value_name = "PLIK")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum EditionAction {
    /// Tworzy edycję (i program, jeśli go jeszcze nie ma) z folderu ankiet
    #[command(
        after_help = "Przykład: miernik edition create mazowsze/2024 --forms forms/mazowsze --opens 2025-01-17 --closes 2025-02-25"
    )]
    Create {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Folder programu z programme.toml; bez tego pliki z wnętrza programu
        #[arg(long, value_name = "FOLDER")]
        forms: Option<PathBuf>,
        /// Pierwszy dzień wypełniania; bez tego z programme.toml
        #[arg(long, value_name = "RRRR-MM-DD")]
        opens: Option<chrono::NaiveDate>,
        /// Ostatni dzień wypełniania; bez tego z programme.toml
        #[arg(long, value_name = "RRRR-MM-DD")]
        closes: Option<chrono::NaiveDate>,
    },
    /// Otwiera: zamraża wersję ankiet, kopiuje operat, tworzy zaproszenia i dostępy
    #[command(after_help = "Przykład: miernik edition open mazowsze/2024 --forms forms/mazowsze")]
    Open {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Folder programu z ankietami; bez tego pliki z wnętrza programu
        #[arg(long, value_name = "FOLDER")]
        forms: Option<PathBuf>,
    },
    /// Zamyka: od tej chwili można tylko czytać
    #[command(after_help = "Przykład: miernik edition close mazowsze/2024")]
    Close {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
    },
    /// Zamraża wszystkie liczby pod nazwą i sumą kontrolną; do odmrożenia edycja nie przyjmuje ankiet
    ///
    /// Stan zostaje na zawsze i nie można go zmienić. Pod jedną nazwą jest zawsze jeden stan.
    #[command(after_help = "Przykład: miernik edition freeze mazowsze/2024 --label \"dla RKRES\"")]
    Freeze {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Po co jest ten stan; widać to w panelu i w dokumentach
        #[arg(long)]
        label: String,
        /// Dla kogo jest ten stan
        #[arg(long, value_enum, default_value_t = StateKindArg::Rkres)]
        kind: StateKindArg,
        /// Nazwa w adresach i poleceniach; bez tego powstaje z opisu („dla RKRES” daje dla-rkres)
        #[arg(long, value_name = "NAZWA")]
        state: Option<String>,
    },
    /// Odmraża edycję: znów przyjmuje ankiety; zamrożone stany zostają
    #[command(after_help = "Przykład: miernik edition unfreeze mazowsze/2024")]
    Unfreeze {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
    },
    /// Liczy wszystko jeszcze raz i porównuje z zamrożonym stanem; niczego nie zmienia
    ///
    /// Kończy się kodem 0, gdy liczby są te same co do bajta albo różnią się tylko opisy, a kodem 1, gdy jakaś liczba
    /// jest dziś inna. Bez --state porównuje wszystkie stany edycji.
    #[command(after_help = "Przykład: miernik edition verify mazowsze/2024 --state dla-rkres")]
    Verify {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Nazwa stanu; bez tego wszystkie
        #[arg(long, value_name = "NAZWA")]
        state: Option<String>,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Wypisuje zamrożone stany edycji
    #[command(after_help = "Przykład: miernik edition states mazowsze/2024")]
    States {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Ogłasza erratę: powód i listę liczb, które różnią dwa zamrożone stany
    #[command(
        after_help = "Przykład: miernik edition erratum mazowsze/2024 --from dla-rkres --to opublikowany --reason \"Późna ankieta\""
    )]
    Erratum {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Stan poprawiany
        #[arg(long, value_name = "NAZWA")]
        from: String,
        /// Stan poprawiony
        #[arg(long, value_name = "NAZWA")]
        to: String,
        /// Powód
        #[arg(long)]
        reason: String,
    },
}

/// Dla kogo jest zamrożony stan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StateKindArg {
    /// Regionalny Komitet Rozwoju Ekonomii Społecznej
    Rkres,
    /// Zarząd Województwa
    Board,
    /// Opublikowany raport
    Published,
}

#[derive(Debug, Args)]
pub(super) struct InviteArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Nowa treść listu (tekst z {{POLAMI}}); bez tego ostatnio zapisana
    #[arg(long, value_name = "PLIK")]
    pub template: Option<PathBuf>,
    /// Nazwa fali; ta sama fala nie wyśle dwa razy
    #[arg(long, default_value = "1")]
    pub wave: String,
    /// Tylko pokazuje, do kogo i co by poszło
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct LinksArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Plik wynikowy; bez niego wynik trafia na standardowe wyjście
    #[arg(short, long, value_name = "PLIK")]
    pub output: Option<PathBuf>,
    /// Nowe odnośniki i kody dla jednej jednostki (kod TERYT lub kod urzędu); stare przestają działać
    #[arg(long, value_name = "KOD")]
    pub reissue: Option<String>,
    /// Unieważnia odnośnik i kod jednej jednostki
    #[arg(long, value_name = "KOD", conflicts_with = "reissue")]
    pub revoke: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct MeasuresArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Postać wyniku
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Liczby zamrożonego stanu, a nie bieżące
    #[arg(long, value_name = "NAZWA", conflicts_with = "by")]
    pub state: Option<String>,
    /// Przekrój: kind, powiat, nuts2, nuts3 albo kolumna rejestru z programme.toml; podane dwa razy daje wiersze i
    /// kolumny
    #[arg(long, value_name = "CECHA")]
    pub by: Vec<String>,
    /// Tylko jednostki o tej wartości cechy, np. kind=gmina_wiejska; można podać kilka razy
    #[arg(long = "where", value_name = "CECHA=WARTOŚĆ", requires = "by")]
    pub only: Vec<String>,
    /// Tylko ten miernik, np. jst.media_jst; można podać kilka razy
    #[arg(long, value_name = "MIERNIK", requires = "by")]
    pub measure: Vec<String>,
    /// Pokazuje też małe grupy i wszystko, z czego dałoby się je wyliczyć: tylko do pracy wewnątrz urzędu, nie do
    /// udostępniania
    #[arg(long, requires = "by")]
    pub with_small_groups: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Program i edycja; przy --update wystarczy sam dokument
    #[arg(long)]
    pub edition: Option<String>,
    /// Folder wynikowy (nowy albo pusty), a przy --update nowy plik .docx
    #[arg(short, long, value_name = "FOLDER|PLIK")]
    pub output: PathBuf,
    /// Własny szablon .docx z akapitem {{ROZDZIAL}} w miejscu treści
    #[arg(long, value_name = "PLIK", conflicts_with = "update")]
    pub template: Option<PathBuf>,
    /// Liczby zamrożonego stanu, a nie bieżące
    #[arg(long, value_name = "NAZWA")]
    pub state: Option<String>,
    /// Dodaje do tabele.xlsx odpowiedzi wszystkich pytań poza odpowiedziami własnymi słowami: tylko do pracy wewnątrz
    /// urzędu. Bez tego są tylko pytania z publish = "unit"
    #[arg(long, conflicts_with = "update")]
    pub with_answers: bool,
    /// Rozdział zapisany wcześniej: odświeża w nim same liczby i wypisuje, co się zmieniło
    #[arg(long, value_name = "PLIK")]
    pub update: Option<PathBuf>,
    /// Przy --update: spis zmian jako JSON
    #[arg(long, requires = "update")]
    pub json: bool,
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

#[derive(Debug, Subcommand)]
pub(super) enum ResponsesAction {
    /// Zapisuje liczone odpowiedzi (najnowsze niewycofane złożenia) do folderu z plikami
    ///
    /// Powstają: odpowiedzi (wiersz na złożenie), plik dla każdej listy wpisów, operat (kogo pytano i kto odpowiedział),
    /// slownik (pytania) i listy (odpowiedzi do wyboru). Obok wartości każdego pytania stoi jej status: A odpowiedź,
    /// NR brak odpowiedzi, NW nie wiem lub brak danych, ND nie dotyczy, NO nie da się odczytać. Danych kontaktowych
    /// nie ma nigdy, a odpowiedzi własnymi słowami i pytań oznaczonych publish = "never" nie ma bez --with-open-text.
    #[command(
        after_help = "Przykład: miernik responses export --edition mazowsze/2024 --form jst -o odpowiedzi-jst --format csv-excel"
    )]
    Export(super::responses::ExportArgs),
    /// Wczytuje odpowiedzi zebrane innym narzędziem (CSV albo XLSX z LimeSurvey, Kobo, Excela) według mapy kolumn
    ///
    /// Każdy wiersz pliku ma wynik: ok, ok_fixed, warn_* (przyjęto z uwagą), duplicate, conflict, error. Wszystkie przyjęte
    /// wiersze zapisują się razem. Tekst, którego ankieta nie umie odczytać, zostaje zachowany i wypisany. Ten sam plik
    /// wczytany drugi raz niczego nie zmienia.
    #[command(
        after_help = "Przykład: miernik responses import ankieta-2023.csv --edition mazowsze/2024 --form jst --map mapa.toml --dry-run --report wynik.csv"
    )]
    Import(super::responses::ImportArgs),
    /// Proponuje mapę kolumn na podstawie nagłówków pliku; przed użyciem trzeba ją przejrzeć
    #[command(
        after_help = "Przykład: miernik responses map ankieta-2023.csv --form jst --edition mazowsze/2024 -o mapa.toml"
    )]
    Map(super::responses::MapArgs),
}

#[derive(Debug, Subcommand)]
pub(super) enum CodesAction {
    /// Zapisuje klucze kodowe (pliki .toml) i zakodowane odpowiedzi (kodowanie.csv) do folderu
    ///
    /// Pliki kluczy mają postać plików z folderu ankiet i mogą je zastąpić. Plik kodowanie.csv zawiera odpowiedzi
    /// własnymi słowami z nazwami jednostek: jest tylko do pracy wewnątrz urzędu.
    #[command(after_help = "Przykład: miernik codes export --edition mazowsze/2024 -o kody")]
    Export {
        /// Program i edycja
        #[arg(long)]
        edition: String,
        /// Folder wynikowy: nowy albo pusty
        #[arg(short, long, value_name = "FOLDER")]
        output: PathBuf,
        /// CSV dla polskiego Excela zamiast otwartych danych
        #[arg(long)]
        excel: bool,
    },
    /// Wczytuje kody odpowiedzi z pliku CSV lub XLSX; albo wszystkie wiersze, albo żaden
    ///
    /// Kolumny: ankieta, pytanie, kod_jednostki, kody (rozdzielone spacją lub przecinkiem), a w listach także wpis.
    /// Wiersz bez kodów niczego nie zmienia. Jeśli jest kolumna odpowiedz, jej treść musi być taka jak w bazie.
    #[command(
        after_help = "Przykład: miernik codes import kodowanie.csv --edition mazowsze/2024 --dry-run --report wynik.csv"
    )]
    Import {
        /// Plik CSV albo XLSX
        file: PathBuf,
        /// Program i edycja
        #[arg(long)]
        edition: String,
        /// Tylko pokazuje, co by się stało
        #[arg(long)]
        dry_run: bool,
        /// Wynik dla każdego wiersza pliku
        #[arg(long, value_name = "PLIK")]
        report: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FileFormat {
    /// CSV jako otwarte dane
    Csv,
    /// CSV dla polskiego Excela
    CsvExcel,
    /// JSON: tablica obiektów
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum FormAction {
    /// Sprawdza ankiety i wypisuje wszystkie błędy naraz
    #[command(after_help = "Przykład: miernik form check forms/mazowsze/2024/jst.toml")]
    Check {
        /// Pliki albo foldery
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Porównuje dwie edycje ankiety: co bez zmian, co inaczej, co nowe i czego brak
    #[command(
        after_help = "Przykład: miernik form diff forms/mazowsze/2024/jst.toml forms/mazowsze/2025/jst.toml"
    )]
    Diff {
        /// Plik wcześniejszej edycji
        old: PathBuf,
        /// Plik nowej edycji
        new: PathBuf,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Oblicza wyrażenie: dla ludzi (WYRAŻENIE --set a=5) albo wiersz po wierszu (--jsonl)
    #[command(after_help = "Przykład: miernik form eval '${a} > 3' --set a=5")]
    Eval {
        /// Wyrażenie
        #[arg(required_unless_present = "jsonl")]
        expr: Option<String>,
        /// Wartość pytania, np. a=5
        #[arg(long = "set", value_name = "NAZWA=WARTOŚĆ")]
        set: Vec<String>,
        /// Czyta JSON wiersz po wierszu ze standardowego wejścia
        #[arg(long, conflicts_with_all = ["expr", "set"])]
        jsonl: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum UserAction {
    /// Dodaje osobę; hasło ze standardowego wejścia
    #[command(
        after_help = "Przykład: printf '%s' \"$HASLO\" | miernik user add anna --role administrator --password-stdin"
    )]
    Add {
        /// Login
        login: String,
        /// Rola
        #[arg(long, default_value = "administrator")]
        role: String,
        /// Czyta hasło ze standardowego wejścia
        #[arg(long)]
        password_stdin: bool,
    },
}
