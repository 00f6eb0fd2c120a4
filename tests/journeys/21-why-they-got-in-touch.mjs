// An advisor says why somebody got in touch. What the record shows stands beside it, and how often the two differ is published.
import { equal, journey, ok, twice } from "../journey.mjs";

const number = (text) => Number.parseInt(text.replaceAll(",", ""), 10);

async function received(program, reference) {
  const at = new Date(Date.now() - 60_000).toISOString();
  const advisor = await program("service advisor");
  return advisor.post("/contacts", { channel: "non_emergency", option: "4", number: "07700 900497", arrived_at: at, answered_at: at, their_reference: reference });
}

// What was just recorded is counted within a second; a loaded machine has some more.
async function differing(analyst, least) {
  for (let turn = 0; turn < 100; turn += 1) {
    const { differing: told } = await analyst.get("/measures/failure_demand/definition");
    if (told.differ >= least) return told;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("what the advisor said is not counted");
}

twice("an advisor says why they got in touch, changes it, and both stay", async ({ program, signIn, look, javaScript }) => {
  const analyst = await program("analyst");
  const before = await differing(analyst, 0);
  const { id } = await received(program, `why-${javaScript}`);
  const page = await signIn("service advisor", { width: 1680, height: 1050 });
  const log = () => page.locator(".an-calllog").innerText();
  const say = async (code, words) => {
    await page.goto(`/contacts/${id}`);
    if (javaScript) {
      // By keyboard alone: the first letters of a reason choose it.
      await page.locator("#why").focus();
      await page.keyboard.type(words);
      equal(await page.locator("#why").inputValue(), code, "typing chooses");
    } else await page.locator("#why").selectOption(code);
    if (code === "F15") await look(page, "a call with its reason chosen");
    await page.getByRole("button", { name: /^Save/ }).last().click();
    await page.waitForURL(/done=save/);
    equal(page.answered, 200, `status after ${code}`);
    equal(await page.locator("#why").inputValue(), code, "it stands");
  };
  await page.goto(`/contacts/${id}`);
  equal(await page.locator("#why").inputValue(), "", "nobody has to say it");
  equal(await page.locator("#why option").count(), 24, "all reasons, and none");
  await say("F15", "F15");
  ok((await log()).includes("Why they got in touch: F15 Complaint about the service"), await log());
  await say("F12", "F12");
  ok((await log()).includes("F12 Our message was unclear") && (await log()).includes("F15 Complaint"), "both are kept");
  await look(page, "a call with both reasons in its log");

  // The first contact about something is value demand by the record, whatever the advisor says: the two differ.
  const after = await differing(analyst, before.differ + 1);
  ok(after.both > before.both, `${after.both} contacts have both reasons`);
  const reader = await signIn("supervisor");
  await reader.goto("/measures/failure_demand/definition");
  await look(reader, "the definition with how often advisor and record differ");
  const figure = reader.getByRole("link", { name: /^\d+ of \d+$/ });
  const differ = number(await figure.innerText());
  await figure.click();
  await reader.waitForURL(/failure_demand_disagreement\/records/);
  ok((await reader.locator("main").innerText()).includes("Advisor F12, record V1"), "both reasons are named");
  await look(reader, "the contacts on which advisor and record differ");
  let rows = 0;
  for (;;) {
    rows += (await reader.locator("tbody tr").allInnerTexts()).length;
    const next = reader.getByRole("link", { name: "More records" });
    if (!(await next.count())) break;
    await next.click();
    await reader.waitForLoadState();
  }
  ok(rows >= differ, `${rows} records, ${differ} of which differ`);
  await reader.locator("tbody th a").first().click();
  await reader.waitForURL(/contacts\//);
  equal(reader.answered, 200, "a record is its contact");
});

journey("a reason that is none is refused beside its field, and nothing is lost", async ({ program }) => {
  const { id } = await received(program, "why-refused");
  const advisor = await program("service advisor");
  const refused = (why) => advisor.change(`/contacts/${id}`, { do: "save", why }).then(() => "stored", (error) => error.message);
  for (const why of ["F99", "f15", "complaint"]) {
    const told = await refused(why);
    ok(told.includes("422") && told.includes('"why"') && told.includes("is no reason of FD-1"), told);
  }
  equal(await refused("X1"), "stored", "one that is");
  equal((await advisor.get(`/contacts/${id}`)).fields.why, "X1", "it stands");
  equal(await refused(""), "stored", "it is taken back");
  equal((await advisor.get(`/contacts/${id}`)).fields.why, "", "nothing stands");
  const analyst = await program("analyst");
  const kept = await analyst.post(`/contacts/${id}`, { last_seq: 0, do: "save", why: "F15" }).then(() => "stored", (error) => error.message);
  ok(kept.includes("403") || kept.includes("404"), `only who records contacts may say it: ${kept}`);
});
