//! Problems in own words.

use super::Pool;

/// Local governments, by the codes of their list.
pub(in super::super) const JST_PROBLEMS: Pool = &[
    (
        "pj01",
        &[
            "Mieszkańcy nie są zainteresowani zakładaniem spółdzielni socjalnych, na spotkanie informacyjne przyszły dwie osoby.",
            "Mimo ogłoszeń nie znaleźliśmy grupy inicjatywnej, która chciałaby utworzyć PES.",
            "Osoby, z którymi rozmawialiśmy, wolą zwykłą działalność gospodarczą niż spółdzielnię.",
        ],
    ),
    (
        "pj02",
        &[
            "Na naszym terenie działa niewiele organizacji, głównie kluby sportowe i ochotnicze straże pożarne.",
            "Lokalne stowarzyszenia opierają się na kilku osobach i nie podejmują działalności odpłatnej.",
            "Koła gospodyń wiejskich są aktywne, ale nie chcą prowadzić działalności gospodarczej.",
        ],
    ),
    (
        "pj03",
        &[
            "Dwa lata temu próbowaliśmy utworzyć spółdzielnię z sąsiednim samorządem, ale partner się wycofał.",
            "Grupa założycielska rozpadła się tuż przed złożeniem wniosku o dotację.",
            "Po rozmowach o klubie integracji społecznej nie udało się znaleźć lokalu i kadry.",
        ],
    ),
    (
        "pj04",
        &[
            "Przepisy o przedsiębiorstwach społecznych są dla nas trudne, brakuje jasnych wzorów dokumentów.",
            "Nie wiemy, jak pogodzić powierzanie usług z ustawą o finansach publicznych.",
            "Rejestracja i sprawozdawczość zniechęcają małe organizacje.",
        ],
    ),
    (
        "pj05",
        &[
            "Po zakończeniu projektu unijnego PES nie ma z czego utrzymać miejsc pracy.",
            "Budżet jednostki nie pozwala na dotacje, które dałyby podmiotom stabilność.",
            "Brakuje środków na wkład własny i pierwsze wyposażenie.",
        ],
    ),
    (
        "pj06",
        &[
            "W okolicy nie ma PES, który mógłby przejąć usługi opiekuńcze w potrzebnej skali.",
            "Na zapytania ofertowe nie odpowiada żaden podmiot ekonomii społecznej.",
            "Istniejące podmioty nie spełniają wymogów kadrowych dla usług specjalistycznych.",
        ],
    ),
    (
        "pj07",
        &[
            "Nie stać nas na etat dla osoby, która zajmowałaby się tylko ekonomią społeczną.",
            "Zadania z zakresu ES dopisano do obowiązków pracownika socjalnego bez dodatkowych środków.",
            "Chcielibyśmy wyznaczyć koordynatora, lecz w budżecie nie ma na to pieniędzy.",
        ],
    ),
    (
        "pj08",
        &[
            "Pracownicy ośrodka mają tyle świadczeń do wypłaty, że na animację lokalną nie starcza czasu.",
            "Jedna osoba prowadzi sprawy organizacji pozarządowych, kultury i promocji.",
            "Wybory samorządowe i zmiany kadrowe wstrzymały prace na pół roku.",
        ],
    ),
    (
        "pj09",
        &[
            "Mieszkańcy mylą ekonomię społeczną z pomocą społeczną.",
            "Przedsiębiorcy nie wiedzą, że mogą współpracować z podmiotami zatrudniającymi osoby z niepełnosprawnościami.",
            "Usługi PES są odbierane jako gorsze, choć nikt ich nie wypróbował.",
        ],
    ),
    (
        "pj10",
        &[
            "Osoby prowadzące zamówienia nie stosowały dotąd klauzul społecznych i obawiają się błędów.",
            "W urzędzie nikt nie był na szkoleniu o ekonomii społecznej.",
            "Nie potrafimy ocenić, które z naszych zadań można zlecić PES.",
        ],
    ),
    (
        "pj90",
        &[
            "Największą trudnością jest brak komunikacji publicznej, przez co uczestnicy nie dojeżdżają na zajęcia.",
            "Rozproszona zabudowa podnosi koszt każdej usługi sąsiedzkiej.",
        ],
    ),
];

/// Labour offices, by the codes of their list.
pub(in super::super) const UP_PROBLEMS: Pool = &[
    (
        "pu01",
        &[
            "W powiecie działają tylko dwa PES i żaden nie planuje zatrudnienia.",
            "Nie mamy do kogo kierować osób zainteresowanych pracą w spółdzielni socjalnej.",
            "Jedyna spółdzielnia socjalna w powiecie zakończyła działalność.",
        ],
    ),
    (
        "pu02",
        &[
            "Bezrobotni obawiają się wspólnej odpowiedzialności i rezygnują po pierwszej rozmowie.",
            "Osoby długotrwale bezrobotne rzadko chcą zakładać podmiot razem z innymi.",
            "Na spotkanie z animatorem OWES zgłosiły się trzy osoby, żadna nie podjęła dalszych kroków.",
        ],
    ),
    (
        "pu03",
        &[
            "Limit Funduszu Pracy wystarczył na zwykłe dotacje, na PES nie zostało nic.",
            "Kwota wsparcia na stanowisko jest za niska wobec kosztów zatrudnienia.",
            "Środki przyszły dopiero jesienią i nie zdążyliśmy ogłosić naboru.",
        ],
    ),
    (
        "pu04",
        &[
            "Wnioskodawcy rezygnują, gdy widzą liczbę załączników i obowiązek zabezpieczenia środków.",
            "Rozliczenie wsparcia w PS wymaga dokumentów, których małe podmioty nie prowadzą.",
        ],
    ),
    (
        "pu05",
        &[
            "Doradcy nie czują się pewnie w przepisach o przedsiębiorstwach społecznych.",
            "Po odejściu pracownika, który zajmował się ES, nikt nie przejął tej wiedzy.",
        ],
    ),
    (
        "pu06",
        &[
            "Kontakt z OWES ogranicza się do przesyłania ulotek.",
            "Gminy nie informują nas o planach utworzenia klubów integracji społecznej.",
            "Brakuje stałych spotkań urzędu, ośrodków pomocy i OWES.",
        ],
    ),
    (
        "pu90",
        &[
            "Przedsiębiorstwa społeczne szukają wykwalifikowanych kucharzy i opiekunek, a takich kandydatów nie mamy w rejestrze.",
            "Dojazd z odległych gmin kosztuje więcej, niż wynosi świadczenie integracyjne.",
        ],
    ),
];

/// Sentences that fit after any problem.
pub(in super::super) const PROBLEMS_ENDINGS: &[&str] = &[
    "Podobne głosy słyszymy z sąsiedztwa.",
    "Sytuacja nie zmieniła się od kilku lat.",
    "Liczymy, że poprawi się to w kolejnym roku.",
    "Próbowaliśmy rozwiązać to sami, bez powodzenia.",
    "Największy wpływ miało to na osoby oddalone od rynku pracy.",
    "O sprawie rozmawialiśmy z OWES.",
    "Szczegóły możemy przekazać telefonicznie.",
    "Problem nasilił się w drugiej połowie roku.",
];
