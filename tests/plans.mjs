// An invented improvement plan in the shape in which such plans are published, and the ways it comes in.

const HEADS = ["Recommendation", "Risk Exposure", "Action to be taken", "Action Owner", "Impact", "Target Date", "Updates"];

// As it would be copied from a table: a recommendation with its number, numbered actions in one cell, a month.
const ROWS = [
  ["1 - Caledonia Police should keep one record of every detained child, from arrest to release, that all custody centres can read.", "Medium", "1.1 List what each centre records today. 1.2 Agree the fields of one record with the health board. 1.3 Train the custody sergeants of the north.", "Superintendent Custody Division", "Children are held for shorter times and nothing is asked twice.", "June 2024", "The list is complete for nine centres of eleven. The health board meets in March."],
  ["2 - Caledonia Police should review cell checks at night and say who looks at what was missed.", "Medium", "2.1 Sample four weeks of checks. 2.2 Report every month to the custody board.", "Chief Inspector Custody Standards", "Missed checks are seen within a day.", "September 2024", "Sampling began in February."],
  ["3 - Caledonia Police and the health boards should measure how long a detained person waits for a nurse.", "High", "3.1 Define when waiting begins and ends. 3.2 Put the measure on the custody dashboard. 3.3 Ask for figures by health board. 3.4 Publish them every quarter.", "Superintendent Custody Division", "Waits are known, and shorter.", "Spring", "A definition is drafted and with the boards."],
  ["4 - Caledonia Police should replace the intercoms of the four oldest centres.", "High", "4.1 Survey the intercoms. 4.2 Buy and fit new ones.", "Head of Estates", "A person in a cell is always heard.", "March 2025", "The survey is done: two centres are worse than thought."],
  ["5 - Caledonia Police should tell a solicitor within an hour of a request.", "Low", "5.1 Time every request for a month. 5.2 Set up one number for solicitors.", "Chief Inspector Custody Standards", "Solicitors arrive sooner.", "December 2024", "Timing shows a middle wait of 74 minutes."],
  ["6 - Caledonia Police should train custody staff to recognise a head injury.", "Medium", "6.1 Write the course with the ambulance service. 6.2 Train all staff. 6.3 Repeat it every second year.", "Head of Learning", "Fewer injuries are taken for drink.", "November 2024", "The course is written; 40 of 310 staff have taken it."],
  ["7 - Caledonia Police should let a lay visitor see the records of the cells visited.", "Low", "7.1 Agree a form with the visitors’ scheme.", "Superintendent Custody Division", "Visitors can compare what they see with what is written.", "May 2024", ""],
  ["7 - Caledonia Police should answer each report of a lay visitor in ten working days.", "Low", "7.2 Keep a list of reports and answers.", "Superintendent Custody Division", "Visitors know what became of their report.", "May 2024", ""],
  ["8 - Caledonia Police should publish how often force is used in custody, and on whom.", "Medium", "8.1 Count the uses of force. 8.2 Publish them with the other figures.", "Head of Performance", "The public can see and ask.", "January 2025", "Counting began in January."],
];
// An action that belongs to no recommendation.
const STRAY = ["", "", "Ask the union what it thinks.", "", "", "", ""];

export const tabbed = (rows) => rows.map((row) => row.join("\t")).join("\n");
const quoted = (rows) => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n");

// With what it has to be unsure of: a target of "Spring", a reference that stands twice, an action of nothing.
export const PLAN = tabbed([HEADS, STRAY, ...ROWS]);
// Without.
const sound = ROWS.filter((row) => !row[0].includes("ten working days")).map((row) => row.map((cell) => (cell === "Spring" ? "April 2025" : cell)));
export const SOUND = tabbed([HEADS, ...sound]);
export const SOUND_CSV = quoted([HEADS, ...sound]);

export async function newInspection(page, { title, day }) {
  await page.getByLabel("Title of a new inspection").fill(title);
  await page.getByLabel("Published on").fill(day);
  await page.getByLabel("Kind of inspection").selectOption({ index: 1 });
}
