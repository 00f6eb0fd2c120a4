//! An invented paper in the shape of a published one: a cover, prose with figures, closures, a summary and open
//! recommendations, flattened, with the tags of a page in its cells and rows cut where a page ended.

pub const PAPER: &str = "\n\n<b>Meeting</b>\t<b>Night Performance Committee</b>\n\
<b>Date</b>\t<b>3 March 2025</b>\n\
<b>Location</b>\t<b>Town Hall</b>\n\
<b>Title of Paper</b>\t<b>Night Improvement Plans – Progress Summary</b>\n\
<b>Presented By</b>\t<b>A. Chief, Director of Nights &amp; Days</b>\n\
<b>Recommendation to Members</b>\t<b>For Noting</b>\n\
<b>Appendix Attached</b>\t<b>No</b>\n\n\
## PURPOSE\n\nThis paper tells members of progress.\n\n## 1. BACKGROUND\n\n\
- 1.1 There are 31 open recommendations being addressed through 7 separate improvement plans.\n\n\
Approximately a quarter of the recommendations are about lamps.\n\n\
Calmer Together are responsible for 12 open recommendations within 2 improvement plans.\n\n\
For context, 1,080 recommendations have been fully addressed since the service began with a further 3 proposed for closure.\n\n\
Over the reporting period, 2 inspections are taking place:\n\n- Lamps (Thematic Inspection)\n- Ladders (Joint Inspection)\n\n\
## 2. CLOSURES WITHIN REPORTING PERIOD\n\n- 2.1 Over the reporting period 3 recommendations were closed.\n\n\
Lantern Audit (2019)\t\nRecommendation\tWhat we did and the impact\n\
R8 – Borderland Police should count its lanterns.\t<p>They are counted.</p> <p>Each has a number.</p>\n\n\
Night Desk (2021)\t\nRecommendation\tWhat we did and the impact\n\
R2 Improve answering Borderland Police should answer calls that are\tThe desk now answers, and tells whoever\n\n\
made at night - and\t<ul style=\"list-style-type: none\"> <li>rings twice.</li> <li>writes.</li> </ul> <p>It helps.</p>\n\
R11 - Borderland Police should call back\tIt calls back.\n\n\
### 3. OPEN RECOMMENDATIONS\n\n- 3.1 Most progress well. In light of this, 61% of the recommendations were added for tracking in the last 2 years (May 2023 onwards).\n\n\
<b>Publication</b>\t<b>Closed</b>\t<b>Open (Delayed)</b>\t<b>Business Plan Link (direct links only)</b>\n\
Night Desk\t2\t3 (2)\tSafer Nights 1.02 Calmer Days 3.02, 3.13 & Less Noise 2.11\n\
Hushed Streets\t0\t4(0)\tLess Noise 2.17\n\n\
<b>Night Desk 2020</b>\t\n<b>Recommendation</b>\t<b>What we are doing</b>\n\
R01 - Borderland Police should teach its advisors and\t<p>The course is written and</p>\n\n\n\n\
<p>officers, and should:</p> <ul> <li>ask them</li> <li>• hear them</li> </ul>\t<p>taught.</p> <p>No progress has been reported.</p> <p>The initial target for completion was Sept 2022. A group looks at it.</p> <p>Risk: Calls will be</p>\n\n\
\tmissed.\n\
<p>R3 Borderland Police should listen.</p>\t<p>As above.</p> <p>The initial target for completion was Dec 2022. Revised timescales are awaited.</p> <p>Risk: Nobody hears.</p>\n\
R4 – Borderland Police should write.\t<p>The original target date of will not be met.</p> <p>The initial target date was 31 July 2024, revised to 31 March 2025 (imminent).</p>\n\
Hushed Streets 2023\t\nRecommendation\tWhat we are doing\n\
<p>R1 Borderland Police should hush.</p>\t<p>Work goes on.</p> <p>The target date for delivery is January 2026.</p>\n\n\
\t<p>Risk: Noise &amp; more noise.</p>\n\
R10 Borderland Police should ask for quiet.\t<p>Asked. The initial target for completion was June 2022. This is in the plan and will be delivered by March 2026.</p> <p>Risk: None.</p>\n\n\
#### **4. FINANCIAL IMPLICATIONS**\n\n4.1 There are no financial implications in this report.\n";

/// An invented paper in which no row is cut, and nothing is unsure.
pub const WHOLE: &str = "Meeting\tNight Performance Committee\nDate\t3 March 2025\nTitle of Paper\tNights\n\n\
## 2. CLOSURES WITHIN REPORTING PERIOD\n\n- 2.1 Over the reporting period 4 recommendations were closed.\n\n\
Lantern Audit (2019)\t\nRecommendation\tWhat we did and the impact\n\
R8 – Borderland Police should count.\tThey are counted.\n\n\
Night Desk (2021)\t\nRecommendation\tWhat we did and the impact\n\
R2 Borderland Police should answer.\tIt answers.\n\
R11 Borderland Police should call.\tIt calls.\n\
R12 Borderland Police should greet.\tIt greets.\n\n\
### 3. OPEN RECOMMENDATIONS\n\n\
Publication\tClosed\tOpen (Delayed)\tBusiness Plan Link\n\
Night Desk\t3\t5 (2)\tSafer Nights 1.02\n\
Hushed Streets\t0\t4 (0)\tLess Noise 2.17\n\
Ladders\t0\t3 (0)\tNone\n\n\
Night Desk 2021\t\nRecommendation\tWhat we are doing\n\
R1 Borderland Police should teach.\tA course runs.\n\
R3 Borderland Police should listen.\tA group listens. The target date is May 2026.\n\
R4 Borderland Police should write.\tIt writes. Risk: Nobody reads.\n\
R5 Borderland Police should read.\tAs above.\n\
R6 Borderland Police should rest.\tIt rests.\n\
Hushed Streets 2023\t\nRecommendation\tWhat we are doing\n\
R1 Borderland Police should hush.\tThey hushed.\n\
R2 Borderland Police should ring.\tThey rang.\n\
R3 Borderland Police should walk.\tThey walk.\n\
R4 Borderland Police should sit.\tThey sit.\n\n\
Ladders\t\nRecommendation\tWhat we are doing\n\
R1 Borderland Police should climb.\tThey climb.\n\
R2 Borderland Police should hold.\tThey hold.\n\
R3 Borderland Police should fold.\tThey fold.\n\n\
#### 4. FINANCIAL IMPLICATIONS\n\n4.1 There are none.\n";
