//! Invented people and their numbers.

use crate::sixty::Chance;

/// Names as they are heard in Scotland: Scots, Gaelic, Polish, South Asian and Arabic ones among them.
const FIRST: [&str; 40] = [
    "Ailsa",
    "Morag",
    "Isla",
    "Eilidh",
    "Catriona",
    "Mòrag",
    "Kirsty",
    "Fiona",
    "Agnieszka",
    "Zofia",
    "Fatima",
    "Aisha",
    "Priya",
    "Grace",
    "Olive",
    "Una",
    "Rhona",
    "Sheila",
    "Jean",
    "Margaret",
    "Callum",
    "Iain",
    "Seumas",
    "Hamish",
    "Gregor",
    "Rory",
    "Łukasz",
    "Piotr",
    "Mohammed",
    "Muhammad",
    "Yusuf",
    "Ravi",
    "David",
    "James",
    "William",
    "Angus",
    "Ewan",
    "Finlay",
    "Struan",
    "Tomasz",
];
const LAST: [&str; 48] = [
    "Drummond",
    "Baird",
    "Sinclair",
    "Lockhart",
    "Tennant",
    "Abernethy",
    "Munro",
    "Pringle",
    "Carmichael",
    "Geddes",
    "Blackwood",
    "Ogilvie",
    "MacDonald",
    "MacDhòmhnaill",
    "NicDhòmhnaill",
    "MacLeod",
    "McKay",
    "MacAoidh",
    "Campbell",
    "Fraser",
    "Morrison",
    "Moireasdan",
    "Kowalska",
    "Kowalski",
    "Wójcik",
    "Dąbrowska",
    "Hussain",
    "Ahmed",
    "Khan",
    "Ali",
    "Patel",
    "Singh",
    "Reid",
    "Stewart",
    "Wilson",
    "Paterson",
    "Ross",
    "Young",
    "Gray",
    "Kerr",
    "Duncan",
    "Hunter",
    "Bell",
    "Boyd",
    "Laird",
    "Muir",
    "Rankin",
    "Weir",
];

/// A name, the same for the same chance.
pub fn name(chance: &mut Chance) -> String {
    format!("{} {}", chance.one_of(&FIRST), chance.one_of(&LAST))
}

/// A name with a middle one, so that a million people are not all called the same.
pub fn long_name(chance: &mut Chance) -> String {
    format!("{} {} {}", chance.one_of(&FIRST), chance.one_of(&LAST), chance.one_of(&LAST))
}

/// A number of those that Ofcom keeps for drama.
pub fn number(chance: &mut Chance) -> String {
    match chance.below(3) {
        0 => format!("07700 900{:03}", chance.below(1000)),
        1 => format!("0131 496 0{:03}", chance.below(1000)),
        _ => format!("01632 960{:03}", chance.below(1000)),
    }
}

/// One of a million numbers of an area that is nobody's.
pub fn unassigned(chance: &mut Chance) -> String {
    format!("01632 {:06}", chance.below(1_000_000))
}
