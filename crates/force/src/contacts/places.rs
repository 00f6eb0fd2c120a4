//! The gazetteer of Caledonia Police: invented streets in thirteen divisions.

use contact::place::rules::Place;

use crate::sixty::Chance;

/// An invented town of each division, by its letter, and whether it is in the country.
const TOWNS: [(&str, &str, bool); 13] = [
    ("A", "Inverkeld", false),
    ("C", "Carronmouth", false),
    ("D", "Kinmuir", false),
    ("E", "Port Leven", false),
    ("G", "Kelvindale Cross", false),
    ("J", "Tweedhaugh", true),
    ("K", "Gryfebridge", false),
    ("L", "Ardlomond", true),
    ("N", "Strathnavar", true),
    ("P", "Wester Lomond", false),
    ("Q", "Clydesmill", false),
    ("U", "Doonfoot Vale", false),
    ("V", "Nithside", true),
];
const STREETS: [&str; 12] = [
    "Rowan Court",
    "Mill Lane",
    "Harbour Road",
    "Station Brae",
    "Birch Avenue",
    "Castle Wynd",
    "Church Street",
    "Glen Terrace",
    "Loch View",
    "Market Square",
    "Quarry Road",
    "Thistle Gardens",
];

/// Every place of the gazetteer: twelve streets of a town in each division, six houses in each.
pub fn all() -> Vec<Place> {
    let mut places = Vec::new();
    for (letter, town, is_rural) in TOWNS {
        for (number, street) in (1..).zip(STREETS) {
            for house in [2, 5, 8, 14, 17, 21] {
                places.push(Place {
                    id: format!("{letter}{number:02}{house:02}"),
                    words: format!("{house} {street}, {town}"),
                    postcode: format!("{letter}{letter}{number} {}AB", house % 10),
                    division: letter.to_owned(),
                    beat: format!("{letter}{letter}{:02}", number % 4 + 11),
                    is_rural,
                    grid: String::new(),
                    warnings: if house == 14 && number == 1 {
                        vec!["Dog at the address".to_owned()]
                    } else {
                        Vec::new()
                    },
                });
            }
        }
    }
    places
}

/// One of them.
pub fn one<'a>(places: &'a [Place], chance: &mut Chance) -> &'a Place {
    let index = usize::try_from(chance.below(places.len() as u64)).unwrap_or(0);
    &places[index]
}
