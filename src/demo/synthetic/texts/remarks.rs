//! Short descriptions and remarks.

/// What was done about socially responsible procurement.
pub(in super::super) const PROCUREMENT: &[&str] = &[
    "Narada kierowników jednostek o klauzulach społecznych i wewnętrzna instrukcja dla prowadzących zamówienia.",
    "Szkolenie pracowników zespołu zamówień z wyboru oferty z uwzględnieniem celów społecznych.",
    "Poradnik dla wykonawców na stronie zamówień oraz dyżur telefoniczny.",
    "Spotkanie z lokalnymi przedsiębiorcami o zatrudnianiu osób bezrobotnych przy realizacji umów.",
    "Udział zespołu zamówień w szkoleniu i przekazanie materiałów jednostkom podległym.",
    "Dwa spotkania robocze o usługach społecznych zlecanych w trybie uproszczonym.",
    "Krótkie szkolenie dla dyrektorów szkół o zakupach cateringu od przedsiębiorstw społecznych.",
    "Wykaz zamówień, w których można zastosować klauzule, przesłany wszystkim referatom.",
    "Prezentacja dla radnych o zamówieniach zastrzeżonych i przykładach z innych miast.",
    "Kampania w biuletynie samorządowym o kupowaniu od podmiotów ekonomii społecznej.",
];

/// What was done together for the climate.
pub(in super::super) const CLIMATE: &[&str] = &[
    "Spółdzielnia socjalna prowadziła z nami punkt napraw rowerów i drobnego sprzętu.",
    "Wspólnie z kołem gospodyń wiejskich zorganizowaliśmy wymianę ubrań i warsztaty gotowania bez marnowania.",
    "Uczestnicy centrum integracji społecznej założyli łąki kwietne przy budynkach publicznych.",
    "Fundacja prowadziła na zlecenie zbiórkę elektroodpadów.",
    "Z warsztatem terapii zajęciowej przygotowaliśmy torby z materiałów z odzysku na lokalny jarmark.",
];

/// What was done together for digital skills.
pub(in super::super) const DIGITAL: &[&str] = &[
    "Stowarzyszenie prowadziło kursy obsługi telefonu i profilu zaufanego dla seniorów.",
    "Fundacja uczyła osoby z niepełnosprawnościami korzystania z e-usług urzędu.",
    "Razem ze spółdzielnią socjalną uruchomiliśmy pracownię komputerową w świetlicy.",
    "Klub integracji społecznej przygotował zajęcia o szukaniu pracy przez internet.",
    "Przedsiębiorstwo społeczne digitalizowało kroniki i udostępniło je na stronie biblioteki.",
];

/// Remarks about the questionnaire by the section that they are about; without one they fit everybody.
pub(in super::super) type Remarks = &'static [(&'static str, &'static str)];

/// Remarks of local governments.
pub(in super::super) const JST_REMARKS: Remarks = &[
    ("", "Część danych musieliśmy zebrać od trzech jednostek, dlatego prosimy o wcześniejszą zapowiedź."),
    ("", "Pytania wstępne bardzo skróciły wypełnianie."),
    ("", "Prosimy o możliwość zapisania pustego wzoru ankiety."),
    ("", "Definicja podmiotu ekonomii społecznej w słowniczku jest pomocna."),
    ("", "Okres zbierania danych zbiegł się ze sprawozdaniami rocznymi."),
    ("", "Dobrze, że można było wrócić do ankiety następnego dnia."),
    ("", "Odpowiedzi uzgodniono z ośrodkiem pomocy społecznej."),
    ("", "Nie mieliśmy uwag poza terminem, który był krótki."),
    ("media", "Trudno było ustalić liczbę wpisów w mediach, podaliśmy te, które znaleźliśmy."),
    ("media", "Nie wiedzieliśmy, czy udostępniony wpis innej instytucji liczyć jako osobny materiał."),
    (
        "dokumenty",
        "Przydałoby się wyjaśnienie, czy wystarczy jedno zdanie o spółdzielniach socjalnych w strategii.",
    ),
    ("dokumenty", "Podaliśmy także dokument przedłużony uchwałą na kolejny rok."),
    ("wydarzenia", "Nie było jasne, czy liczyć wydarzenia, w których brał udział tylko kierownik ośrodka."),
    ("wydarzenia", "Lista wydarzeń może być niepełna, ponieważ zmienił się pracownik."),
    ("zamowienia", "Przydałby się przykład klauzuli społecznej przy pytaniu o zamówienia."),
    ("uslugi", "Dane o usługach obejmują także jednostki podległe."),
    ("uslugi", "Nie wiemy, czy wszystkie wymienione podmioty są podmiotami ekonomii społecznej."),
];

/// Remarks of labour offices.
pub(in super::super) const UP_REMARKS: Remarks = &[
    ("", "Ankietę wypełniały dwa działy, dlatego zajęła więcej czasu."),
    ("", "Rozróżnienie PES i PS w słowniczku było potrzebne."),
    ("", "Prosimy o przesłanie ankiety przed okresem sprawozdań rocznych."),
    ("spotkania", "Nie prowadzimy rejestru udziału w spotkaniach, lista powstała na podstawie delegacji."),
    ("miejsca", "Status PS sprawdziliśmy w wykazie wojewody w dniu wypełniania ankiety."),
    ("miejsca", "Część umów o stanowiska pracy rozliczymy dopiero w przyszłym roku."),
    ("informowanie", "Informacje o OWES wysyłamy także w newsletterze dla pracodawców."),
];
