//! What an office calls itself, in the forms that texts need, and its invented domain.

use survey::collate::fold;

use super::Office;

/// The cities with powiat rights by name, in the genitive.
const CITIES: [(&str, &str); 5] = [
    ("Ostrołęka", "Miasta Ostrołęki"),
    ("Płock", "Miasta Płocka"),
    ("Radom", "Miasta Radomia"),
    ("Siedlce", "Miasta Siedlce"),
    ("Warszawa", "m.st. Warszawy"),
];

impl Office {
    /// Whether this is a powiat (and not a city with its rights).
    pub(super) fn is_powiat(&self) -> bool {
        self.kind == "powiat"
    }

    /// The unit in the genitive, as in titles of documents: "Gminy Belsk Duży", "Powiatu Białobrzeskiego". A labour
    /// office has its name as it is; no text needs more.
    pub(super) fn genitive(&self) -> String {
        match self.kind.as_str() {
            "powiat" => format!("Powiatu {}", adjectives(self.name.trim_start_matches("powiat "))),
            "miasto_na_prawach_powiatu" => CITIES
                .iter()
                .find(|(name, _)| *name == self.name)
                .map_or_else(|| format!("Miasta {}", self.name), |(_, genitive)| (*genitive).to_owned()),
            "gmina_miejska" => format!("Gminy Miejskiej {}", self.name),
            "WUP" | "PUP" => self.name.clone(),
            _ => format!("Gminy {}", self.name),
        }
    }

    /// The office in the genitive: "Urzędu Gminy Belsk Duży", "Starostwa Powiatowego (powiat białobrzeski)".
    pub(super) fn office_genitive(&self) -> String {
        match self.kind.as_str() {
            "powiat" => format!("Starostwa Powiatowego ({})", self.name),
            "miasto_na_prawach_powiatu" => format!("Urzędu {}", self.genitive()),
            "gmina_miejska" => format!("Urzędu Miasta {}", self.name),
            "gmina_miejsko_wiejska" => format!("Urzędu Miasta i Gminy {}", self.name),
            _ => format!("Urzędu Gminy {}", self.name),
        }
    }

    /// The invented domain, always below `.example`: "ug-belsk-duzy.example", "pup-radomiu.example".
    pub(super) fn domain(&self) -> String {
        let prefix = match self.kind.as_str() {
            "powiat" => "",
            "gmina_wiejska" => "ug-",
            "gmina_miejsko_wiejska" => "umig-",
            "WUP" => "wup-",
            "PUP" if self.name.starts_with("Miejski") => "mup-",
            "PUP" => "pup-",
            _ => "um-",
        };
        let place = self.name.split_once("Pracy ").map_or(self.name.as_str(), |(_, place)| place);
        let place = place.trim_start_matches("we ").trim_start_matches("w ");
        format!("{prefix}{}.example", fold(place).replace(' ', "-"))
    }
}

/// Polish adjectives of a powiat in the genitive with capital letters: "warszawski zachodni" to "Warszawskiego
/// Zachodniego".
fn adjectives(words: &str) -> String {
    let genitive = |word: &str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{}ego", letters.as_str())
    };
    words.split_whitespace().map(genitive).collect::<Vec<_>>().join(" ")
}
