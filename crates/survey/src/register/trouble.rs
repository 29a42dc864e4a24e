//! What was found in a row, with its word for the report and its sentence for people.

use crate::unit::EmailTrouble;

/// A clean-up of a code that leaves no doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeFix {
    /// Spaces in or around the code.
    Spaces,
    /// Dashes, dots, underscores, quotes, asterisks.
    Marks,
    /// The code was held by a formula: `="1403042"`.
    TextFormula,
    /// A fraction of zeros: `1403122.0`.
    FloatText,
    /// A scientific notation that kept all digits.
    Scientific,
    /// A word before the code, or small letters in a code such as `up1401`.
    Letters,
    /// The seventh digit was missing.
    SixDigits,
    /// Only the digits of the powiat or of the voivodeship.
    ShortForm,
    /// The leading zero was missing.
    LostZero,
    /// The code was put together from several columns.
    Split,
}

/// A clean-up of an address that leaves no doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmailFix {
    /// Spaces around it.
    OuterSpace,
    /// `<...>` around it.
    AngleBrackets,
    /// A name before `<...>`.
    DisplayName,
    /// `mailto:` or a word such as `e-mail:` before it.
    Prefix,
    /// Capital letters.
    UpperCase,
    /// A separator or quotes around it.
    Marks,
    /// The same address more than once.
    Repeated,
    /// The address was held by a formula.
    TextFormula,
}

/// One thing found in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing in the row.
    BlankLine,
    /// Above the header.
    TitleRow,
    /// A sum of other rows.
    TotalRow,
    /// A remark below or between the rows.
    Footnote,
    /// The numbers of the columns.
    NumberingRow,
    /// No header was found in the file, and no column with codes.
    NoHeader,
    /// The code cell is empty.
    CodeMissing,
    /// The code cell holds something else.
    CodeUnreadable(String),
    /// The last digits were lost to a scientific notation.
    CodeScientific(String),
    /// A letter stands for a digit.
    CodeLetter(String),
    /// No unit of the register has this code.
    CodeUnknown(String),
    /// The code may be of two units.
    CodeAmbiguous(String, String),
    /// A town or rural part, a district: not a JST.
    CodePart(String),
    /// The code was cleaned up.
    CodeFixed(CodeFix),
    /// Another seventh digit than the newest one: as given, as known.
    OldType(String, String),
    /// The name has other spaces or marks.
    NameSpaces,
    /// The name has capitals elsewhere.
    NameCase,
    /// The name differs: as given, as known.
    NameDiffers(String, String),
    /// The name belongs to another unit: as given, the code of one that has it.
    NameOfAnother(String, String),
    /// The address was cleaned up.
    EmailFixed(EmailFix),
    /// There is no address that can be used.
    EmailUnusable(EmailTrouble),
    /// Several addresses; how many can be used.
    EmailSeveral(usize),
    /// The domain has letters outside ASCII.
    EmailNonAscii,
    /// The unit stood on this line already, with nothing new here.
    DuplicateOf(u32),
    /// The powiat's code of a city that is a powiat itself; the code of the city.
    DuplicateCity(String),
    /// The unit stood on this line already, with another address.
    OtherEmail(u32),
}

fn email_word(trouble: EmailTrouble) -> &'static str {
    match trouble {
        EmailTrouble::Missing => "email_missing",
        EmailTrouble::NoAt => "email_no_at",
        EmailTrouble::SeveralAt => "email_two_at",
        EmailTrouble::BadCharacter => "email_bad_character",
        EmailTrouble::NotAscii => "email_non_ascii",
        EmailTrouble::EmptyPiece => "email_empty_piece",
        EmailTrouble::NoTopDomain => "email_no_tld",
        EmailTrouble::TooLong => "email_too_long",
    }
}

fn email_sentence(trouble: EmailTrouble) -> &'static str {
    match trouble {
        EmailTrouble::Missing => "Brak adresu e-mail; jednostkę przyjęto bez adresu.",
        EmailTrouble::NoAt => "Wpis w kolumnie adresu nie zawiera znaku @; jednostkę przyjęto bez adresu.",
        EmailTrouble::SeveralAt => "Adres zawiera więcej niż jeden znak @; jednostkę przyjęto bez adresu.",
        EmailTrouble::BadCharacter => {
            "Adres zawiera spację, przecinek lub inny niedozwolony znak; jednostkę przyjęto bez adresu."
        }
        EmailTrouble::NotAscii => {
            "Adres zawiera litery, których nie przyjmie poczta; jednostkę przyjęto bez adresu."
        }
        EmailTrouble::EmptyPiece => {
            "Adres ma kropkę na początku, na końcu lub dwie obok siebie; jednostkę przyjęto bez adresu."
        }
        EmailTrouble::NoTopDomain => {
            "Adres nie ma końcówki domeny (na przykład .pl); jednostkę przyjęto bez adresu."
        }
        EmailTrouble::TooLong => "Adres jest za długi; jednostkę przyjęto bez adresu.",
    }
}

impl CodeFix {
    fn word(self) -> &'static str {
        match self {
            Self::Spaces => "teryt_inner_spaces",
            Self::Marks => "teryt_marks",
            Self::TextFormula => "teryt_excel_text_formula",
            Self::FloatText => "teryt_float_text",
            Self::Scientific => "teryt_scientific_exact",
            Self::Letters => "teryt_letters",
            Self::SixDigits => "teryt_6_digits",
            Self::ShortForm => "teryt_short_form",
            Self::LostZero => "teryt_lost_zero",
            Self::Split => "teryt_split_columns",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Spaces => "Z kodu usunięto spacje.",
            Self::Marks => "Z kodu usunięto zbędne znaki.",
            Self::TextFormula => "Kod odczytano z formuły.",
            Self::FloatText => "Z kodu usunięto część dziesiętną.",
            Self::Scientific => "Kod odczytano z zapisu wykładniczego, wszystkie cyfry były zachowane.",
            Self::Letters => "Ujednolicono litery w kodzie.",
            Self::SixDigits => "Kod uzupełniono o siódmą cyfrę z rejestru.",
            Self::ShortForm => "Kod powiatu lub województwa uzupełniono do siedmiu cyfr.",
            Self::LostZero => "Kod uzupełniono o zero na początku.",
            Self::Split => "Kod złożono z kilku kolumn.",
        }
    }
}

impl EmailFix {
    fn word(self) -> &'static str {
        match self {
            Self::OuterSpace => "email_outer_space",
            Self::AngleBrackets => "email_angle_brackets",
            Self::DisplayName => "email_display_name",
            Self::Prefix => "email_mailto_prefix",
            Self::UpperCase => "email_upper_case",
            Self::Marks => "email_marks",
            Self::Repeated => "email_repeated",
            Self::TextFormula => "email_text_formula",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::OuterSpace => "Usunięto spacje wokół adresu.",
            Self::AngleBrackets => "Usunięto nawiasy wokół adresu.",
            Self::DisplayName => "Z pola odczytano sam adres, bez nazwy.",
            Self::Prefix => "Usunięto dopisek przed adresem.",
            Self::UpperCase => "Adres zapisano małymi literami.",
            Self::Marks => "Usunięto zbędne znaki wokół adresu.",
            Self::Repeated => "Ten sam adres był wpisany więcej niż raz.",
            Self::TextFormula => "Adres odczytano z formuły.",
        }
    }
}

impl Trouble {
    /// The word in the report; it only describes, nothing depends on it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::BlankLine => "blank_line",
            Self::TitleRow => "title_row",
            Self::TotalRow => "total_row",
            Self::Footnote => "footnote",
            Self::NumberingRow => "column_numbers",
            Self::NoHeader => "no_header",
            Self::CodeMissing => "teryt_missing",
            Self::CodeUnreadable(_) => "teryt_unreadable",
            Self::CodeScientific(_) => "teryt_scientific_notation",
            Self::CodeLetter(_) => "teryt_letter_for_digit",
            Self::CodeUnknown(_) => "teryt_unknown",
            Self::CodeAmbiguous(..) => "teryt_ambiguous",
            Self::CodePart(_) => "part_of_gmina",
            Self::CodeFixed(fix) => fix.word(),
            Self::OldType(..) => "teryt_old_type",
            Self::NameSpaces => "name_spaces",
            Self::NameCase => "name_case",
            Self::NameDiffers(..) => "name_differs_from_register",
            Self::NameOfAnother(..) => "name_of_another_unit",
            Self::EmailFixed(fix) => fix.word(),
            Self::EmailUnusable(trouble) => email_word(*trouble),
            Self::EmailSeveral(_) => "email_several_addresses",
            Self::EmailNonAscii => "email_non_ascii_domain",
            Self::DuplicateOf(_) => "duplicate",
            Self::DuplicateCity(_) => "duplicate_city_powiat",
            Self::OtherEmail(_) => "duplicate_different_email",
        }
    }

    /// The Polish sentence for the person who sent the file.
    pub fn sentence(&self) -> String {
        match self {
            Self::BlankLine => "Pusty wiersz.".into(),
            Self::TitleRow => "Wiersz nad nagłówkiem tabeli.".into(),
            Self::TotalRow => "Wiersz z podsumowaniem.".into(),
            Self::Footnote => "Uwaga lub tytuł, nie dane jednostki.".into(),
            Self::NumberingRow => "Wiersz z numerami kolumn.".into(),
            Self::NoHeader => "Nie znaleziono nagłówka z kolumną kodu (na przykład „TERYT”).".into(),
            Self::CodeFixed(fix) => fix.sentence().into(),
            Self::EmailFixed(fix) => fix.sentence().into(),
            Self::EmailUnusable(trouble) => email_sentence(*trouble).into(),
            Self::EmailSeveral(usable) => format!(
                "W polu jest kilka adresów (możliwych do użycia: {usable}); pierwszy z nich będzie głównym."
            ),
            Self::EmailNonAscii => "Domena adresu zawiera polskie litery lub inne znaki spoza podstawowego zestawu; proszę sprawdzić, czy to nie pomyłka.".into(),
            Self::CodeMissing => "Brak kodu; sama nazwa nie wystarcza, bo nazwy się powtarzają.".into(),
            Self::CodeUnreadable(given) => format!("„{given}” nie jest kodem jednostki."),
            Self::CodeScientific(given) => format!(
                "Kod „{given}” stracił końcowe cyfry w arkuszu. Proszę ustawić kolumnę kodu jako tekst i wpisać kod ponownie."
            ),
            Self::CodeLetter(given) => {
                format!("W kodzie „{given}” jest litera zamiast cyfry (na przykład O zamiast 0). Proszę poprawić kod.")
            }
            Self::CodeUnknown(given) => format!("W rejestrze nie ma jednostki o kodzie {given}."),
            Self::CodeAmbiguous(one, other) => {
                format!("Kod może oznaczać jednostkę {one} albo {other}. Proszę wpisać wszystkie siedem cyfr.")
            }
            Self::CodePart(given) => format!(
                "Kod {given} oznacza część gminy (miasto, obszar wiejski, dzielnicę lub delegaturę), nie jednostkę samorządu."
            ),
            Self::OldType(given, known) => format!(
                "Siódma cyfra kodu {given} różni się od obecnej w rejestrze ({known}); jednostkę rozpoznano po sześciu cyfrach."
            ),
            Self::NameSpaces => "W nazwie poprawiono odstępy lub znaki.".into(),
            Self::NameCase => "W nazwie poprawiono wielkość liter.".into(),
            Self::NameDiffers(given, known) => format!("Nazwa „{given}” różni się od nazwy w rejestrze: „{known}”."),
            Self::NameOfAnother(given, code) => {
                format!("Nazwa „{given}” należy do innej jednostki ({code}) niż kod w tym wierszu.")
            }
            Self::DuplicateOf(line) => format!("Ta sama jednostka co w wierszu {line}, bez nowych informacji."),
            Self::DuplicateCity(code) => {
                format!("Miasto na prawach powiatu ma w rejestrze jeden wiersz, {code}; wiersz powiatu pominięto.")
            }
            Self::OtherEmail(line) => {
                format!("Ta sama jednostka co w wierszu {line}, ale z innym adresem. Proszę wybrać właściwy.")
            }
        }
    }
}
