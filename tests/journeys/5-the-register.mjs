// The register as a list: filters, order, groups, words, the past, and files.
import { counted, countedAt, equal, journey, number, ok, twice } from "../journey.mjs";

const ROWS = ".an-register tbody tr:not(.an-group)";
const rows = (page) => page.locator(ROWS).evaluateAll((all) => all.map((row) => ({ label: row.querySelector(".an-ref").innerText, cells: [...row.cells].map((cell) => cell.innerText) })));
const apply = (page) => page.getByRole("button", { name: "Apply filters" }).click();

twice("every figure above the register leads to a list of that many rows, and every filter says how many it finds", async ({ signIn, look }) => {
  const page = await signIn("analyst");
  await page.goto("/recommendations");
  await look(page, "register");
  const figures = await page.locator(".an-figures a").evaluateAll((all) => all.map((one) => [one.pathname + one.search, one.querySelector("b").innerText, one.querySelector("span").innerText]));
  // What the check finds stands beside them, and leads to the check.
  const counts = figures.filter(([address]) => address.startsWith("/recommendations"));
  equal([counts.length, figures.length - counts.length], [7, 2], "figures, and those of the check");
  for (const [address, figure, words] of counts) {
    await page.goto(address);
    equal(await counted(page), number(figure), `recommendations behind “${words}”`);
    equal((await rows(page)).length, Math.min(50, number(figure)), `rows behind “${words}”`);
  }
  await page.goto("/recommendations");
  const boxes = await page.locator(".an-filter .an-check").evaluateAll((all) => all.map((one) => [one.querySelector("input").name, one.querySelector("input").value, one.querySelector(".an-check__count").innerText]));
  for (const [name, value, count] of boxes) equal(await countedAt(page, `/recommendations?${name}=${encodeURIComponent(value)}`), number(count), `recommendations with ${name} ${value}`);
  ok(boxes.length >= 18, `filters: ${boxes.length}`);
});

twice("the register is filtered, searched, sorted and grouped, all of it is in the address, and each filter can be taken away", async ({ javaScript, signIn, look }) => {
  const page = await signIn("committee member");
  await page.goto("/recommendations");
  const all = await counted(page);
  await page.getByLabel("Past its first target").check();
  if (javaScript) {
    await page.waitForURL(/flag=delayed/);
    equal(await page.evaluate(() => document.activeElement.value), "delayed", "the focus after a filter was ticked");
  } else await apply(page);
  const delayed = await counted(page);
  ok(delayed > 0 && delayed < all && (await rows(page)).every((row) => row.cells[1].includes("Delayed")), "rows that are not delayed");
  await page.getByLabel("Words or reference").fill("domestic abuse");
  await apply(page);
  ok(page.url().includes("flag=delayed") && /words=domestic(\+|%20)abuse/.test(page.url()), `the address does not hold the list: ${page.url()}`);
  ok((await counted(page)) < delayed, "the words filter nothing");
  await look(page, "register filtered");
  const pills = page.locator(".an-pills a");
  equal(await pills.count(), 2, "filters that are shown as set");
  await pills.filter({ hasText: "domestic abuse" }).click();
  equal(await counted(page), delayed, "rows after a filter was taken away");
  await page.locator(".an-pills a").click();
  equal(await counted(page), all, "rows after the last filter was taken away");

  // A reference is found however it is written; words anywhere.
  for (const words of ["R02", "R2", "r2", "R1"]) {
    await page.goto(`/recommendations?words=${words}&inspection=${await idOf(page, "Domestic Abuse 2023")}`);
    equal((await rows(page)).map((row) => row.label), [`DA23-R${words.at(-1)}`], `rows found by ${words}`);
  }
  await page.goto("/recommendations");
  await page.locator("#find").fill("CAM22-R3");
  await page.locator("#find").press("Enter");
  await page.waitForURL(/\/find\?words=CAM22-R3/);
  equal((await page.locator(".an-hits__label").allInnerTexts())[0], "CAM22-R3", "what is found first by a label");
  await page.goto("/recommendations?words=resolution+teams+crime");
  ok((await rows(page)).some((row) => row.label === "CAM22-R4"), "words are not found");

  // Order, both ways, said to a screen reader.
  await page.goto("/recommendations?group=none");
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const when = (cell) => { const [, day, month, year] = cell.match(/(?:(\d+) )?([A-Z][a-z]{2})[a-z]* (\d{4})/) ?? []; return year ? Number(year) * 12 + months.indexOf(month) : 99_999; };
  await page.getByRole("link", { name: "Target date" }).click();
  equal(await page.locator("th[aria-sort]").evaluateAll((heads) => heads.map((head) => [head.innerText.trim().replace(/\W+$/, ""), head.ariaSort])), [["Target date", "ascending"]], "the sorted column");
  const up = (await rows(page)).map((row) => when(row.cells[2].split("\n")[0]));
  equal(up, [...up].sort((a, b) => a - b), "targets in order");
  await page.getByRole("link", { name: "Target date" }).click();
  const down = (await rows(page)).map((row) => when(row.cells[2].split("\n")[0]));
  equal(down, [...down].sort((a, b) => b - a), "targets the other way round");
  await page.getByRole("link", { name: "Risk", exact: true }).click();
  const risks = (await rows(page)).map((row) => ["High", "Medium", "Low", "Not rated"].indexOf(row.cells[4].trim()));
  equal(risks, [...risks].sort((a, b) => a - b), "risks, the highest first");

  for (const [group, heads] of [["Status", /Open|Discharged/], ["Owner", /Superintendent/], ["Inspection", / 20\d\d/]]) {
    await page.getByRole("list", { name: "Group by" }).getByRole("link", { name: group, exact: true }).click();
    const groups = await page.locator(".an-group").allInnerTexts();
    ok(groups.length > 0 && groups.some((one) => heads.test(one)), `groups by ${group}: ${groups}`);
    ok(groups.every((one) => /\d+ made · \d+ discharged · \d+ open/.test(one)), `counts of groups: ${groups}`);
  }
  await look(page, "register grouped");
  await page.getByLabel("Owner", { exact: true }).selectOption("CTO Digital Division");
  await apply(page);
  equal((await rows(page)).map((row) => row.label), ["CAM22-R7"], "rows of an owner");

  await page.goto("/recommendations?words=zebra");
  equal(await counted(page), 0, "recommendations about zebras");
  ok((await page.locator(".an-empty").innerText()).includes("No recommendation fits"), "an empty list does not say so");
  await look(page, "register empty");
  await page.locator(".an-empty").getByRole("link", { name: "Clear filters" }).click();
  equal(await counted(page), all, "rows after clearing");
});

const idOf = (page, title) => page.locator(".an-filter .an-check", { hasText: title }).locator("input").getAttribute("value");

twice("the register is seen as at an entry and as at a day, and says so", async ({ signIn, look }) => {
  const page = await signIn("committee member");
  await page.goto("/recommendations");
  const now = await counted(page);
  await page.getByLabel("As at").fill("60");
  await apply(page);
  const then = await counted(page);
  ok(then > 0 && then < now, `recommendations at entry 60: ${then}, now: ${now}`);
  ok(/as at entry 60, \d+ \w+ 20\d\d/.test(await page.locator(".an-notice--asat").innerText()), "it does not say that one looks back");
  await look(page, "register as at");
  // The rows' own pages look back too.
  await page.locator(`${ROWS} .an-ref`).first().click();
  ok(page.url().includes("as_at=60") && (await page.locator(".an-notice--asat").isVisible()), "a row leads to the present");
  await page.goto("/recommendations?as_at=2023-06-30");
  const of2023 = await counted(page);
  ok(of2023 > 8 && of2023 < now, `recommendations on 30 June 2023: ${of2023}, now: ${now}`);
  const figures = await page.locator(".an-figures a").evaluateAll((all) => all.map((one) => [one.pathname + one.search, one.querySelector("b").innerText]));
  for (const [address, figure] of figures) equal(await countedAt(page, address), number(figure), `recommendations then at ${address}`);
  await page.getByRole("link", { name: "Return to now" }).click();
  equal(await counted(page), now, "recommendations after returning");
  await page.getByLabel("As at").fill("last Tuesday");
  await apply(page);
  ok((await page.locator("#as_at-error").innerText()).includes("last Tuesday"), "a moment that cannot be read is not told");
  equal(await page.getByLabel("As at").inputValue(), "last Tuesday", "what was typed");
  await look(page, "register as at nothing");
});

journey("the register is downloaded as it is filtered, as CSV, Excel and JSON", async ({ signIn }) => {
  const page = await signIn("analyst");
  await page.goto("/recommendations?status=discharged");
  const wanted = await counted(page);
  const address = (name) => page.getByRole("link", { name }).getAttribute("href");
  const get = async (path) => {
    const answer = await page.request.get(path);
    ok(/^attachment; filename="register-at-entry-\d+\.\w+"$/.test(answer.headers()["content-disposition"]), `${path}: ${answer.headers()["content-disposition"]}`);
    return [answer.headers()["content-type"], await answer.body()];
  };
  const [kind, csv] = await get(await address("Download CSV"));
  equal(kind, "text/csv; charset=utf-8", "kind of the CSV");
  ok(csv.toString().includes("CAM22-R1") || csv.toString().includes("Contact Assessment Model 2022"), "the CSV does not name them");
  const [workbook, bytes] = await get(await address("Download Excel"));
  ok(workbook.includes("spreadsheetml") && bytes.subarray(0, 2).toString() === "PK", "the workbook is none");
  const [, json] = await get((await address("Download CSV")).replace("/csv", "/json"));
  const { recommendations } = JSON.parse(json);
  equal([recommendations.length, recommendations.filter((one) => !/discharged/i.test(one.status)).length], [wanted, 0], "recommendations of the JSON, and those not discharged");
});
