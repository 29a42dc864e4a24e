//! Needs in own words.

use super::Pool;

/// Local governments, by the codes of their list.
pub(in super::super) const JST_NEEDS: Pool = &[
    (
        "nj01",
        &[
            "Prosimy o krótkie szkolenia dla pracowników, najlepiej przez internet i z przykładami z małych samorządów.",
            "Przydałoby się seminarium o tym, jak inne samorządy wspierają lokalne podmioty.",
            "Chętnie poznamy dobre praktyki samorządów, które zaczynały od zera.",
            "Potrzebne jest szkolenie dla radnych, bo to oni rozmawiają z mieszkańcami.",
            "Czekamy na konferencję, na której wystąpią same przedsiębiorstwa społeczne.",
        ],
    ),
    (
        "nj02",
        &[
            "Potrzebujemy warsztatu z klauzul społecznych, na którym przejdziemy całe postępowanie krok po kroku.",
            "Pracownicy od zamówień proszą o wzory zapisów do umów i specyfikacji.",
            "Chcielibyśmy wiedzieć, jak stosować zamówienia zastrzeżone poniżej progu ustawowego.",
        ],
    ),
    (
        "nj03",
        &[
            "Brakuje nam wiedzy, jak bezpiecznie powierzyć usługi opiekuńcze podmiotowi ekonomii społecznej.",
            "Prosimy o omówienie różnic między konkursem ofert a zamówieniem usług społecznych.",
            "Chcielibyśmy zrozumieć, jak działa przedsiębiorstwo społeczne i czym różni się od fundacji.",
            "Potrzebny jest prosty przewodnik po tym, jakie usługi mogą świadczyć PES.",
        ],
    ),
    (
        "nj04",
        &[
            "Chętnie pojechalibyśmy zobaczyć działające centrum integracji społecznej.",
            "Prosimy o wizytę studyjną u samorządu podobnego do naszego.",
            "Wizyta w zakładzie aktywności zawodowej przekonałaby nasze władze bardziej niż prezentacja.",
        ],
    ),
    (
        "nj05",
        &[
            "Potrzebujemy doradcy, który przyjedzie na miejsce i przejrzy nasze możliwości.",
            "Prosimy o wsparcie prawnika przy zakładaniu spółdzielni socjalnej osób prawnych.",
            "Przydałby się ekspert, z którym można skonsultować regulamin klubu integracji społecznej.",
        ],
    ),
    (
        "nj06",
        &[
            "W tym roku aktualizujemy strategię i chcielibyśmy dobrze opisać w niej ekonomię społeczną.",
            "Prosimy o przykładowe zapisy do strategii rozwiązywania problemów społecznych.",
            "Potrzebna jest pomoc przy wskaźnikach do planu deinstytucjonalizacji.",
        ],
    ),
    (
        "nj07",
        &[
            "Najważniejsze są środki na start i pierwsze miesiące działania nowych podmiotów.",
            "Bez dotacji na miejsca pracy żaden lokalny PES się nie utrzyma.",
            "Liczymy na nabór, w którym wkładem samorządu może być lokal.",
        ],
    ),
    (
        "nj08",
        &[
            "Rozważamy podpisanie porozumienia z MCPS i prosimy o informację, jakie obowiązki z niego wynikają.",
            "Chcielibyśmy wiedzieć, co zyskuje samorząd, który wyznaczy rzecznika ekonomii społecznej.",
        ],
    ),
    (
        "nj09",
        &[
            "Przydałyby się ulotki o podmiotach ekonomii społecznej napisane prostym językiem.",
            "Prosimy o krótką broszurę, którą można wyłożyć w ośrodku pomocy i w bibliotece.",
            "Potrzebujemy gotowych treści na stronę internetową i do mediów społecznościowych.",
        ],
    ),
    (
        "nj90",
        &[
            "Prosimy o listę przedsiębiorstw społecznych z powiatu, którym można zlecić usługi.",
            "Pomogłoby nam stałe spotkanie samorządów powiatu raz na kwartał.",
        ],
    ),
];

/// Labour offices, by the codes of their list.
pub(in super::super) const UP_NEEDS: Pool = &[
    (
        "nu01",
        &[
            "Potrzebujemy osoby, do której doradcy mogą zadzwonić z pytaniem o konkretny podmiot.",
            "Prosimy o wsparcie eksperta przy ocenie biznesplanów spółdzielni socjalnych.",
            "Przydałby się wykaz PES z opisem tego, kogo zatrudniają.",
        ],
    ),
    (
        "nu02",
        &[
            "Prosimy o szkolenie z ustawy o ekonomii społecznej w części dotyczącej urzędów pracy.",
            "Pracownicy chcą poznać zasady nadawania i utraty statusu przedsiębiorstwa społecznego.",
        ],
    ),
    (
        "nu03",
        &[
            "Potrzebne jest szkolenie z udzielania środków na przystąpienie do spółdzielni socjalnej.",
            "Chcielibyśmy przećwiczyć rozliczenie wsparcia stanowiska pracy w PS.",
            "Prosimy o wzory umów o finansowanie kosztów wynagrodzenia.",
        ],
    ),
    (
        "nu04",
        &[
            "Prosimy o zestawienie źródeł finansowania PES, aktualizowane co pół roku.",
            "Klienci pytają o dotacje poza Funduszem Pracy, a my nie mamy pełnej listy.",
        ],
    ),
    (
        "nu05",
        &[
            "Przydałaby się pomoc w przygotowaniu wzoru indywidualnego planu reintegracji.",
            "Chcielibyśmy zobaczyć, jak plan reintegracji prowadzi doświadczone CIS.",
        ],
    ),
    ("nu90", &["Prosimy o wspólne spotkanie urzędów pracy i OWES przed ogłoszeniem naborów."]),
];

/// Sentences that fit after any need.
pub(in super::super) const NEEDS_ENDINGS: &[&str] = &[
    "Najlepszy byłby termin jesienny.",
    "Wystarczy spotkanie przez internet.",
    "Możemy udostępnić salę.",
    "Zainteresowani są też nasi sąsiedzi.",
    "Prosimy o informację na adres podany w ankiecie.",
    "Dotąd korzystaliśmy tylko z materiałów znalezionych w internecie.",
    "Wcześniej nie zgłaszaliśmy takiej potrzeby.",
    "W spotkaniu wzięłyby udział trzy osoby.",
    "Ważne, aby wsparcie było bezpłatne.",
    "Chętnie podzielimy się też własnymi doświadczeniami.",
];
