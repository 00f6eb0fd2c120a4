// An analyst finds the tables for other tools, reads one with a token, and is told what cannot be given.
import { equal, journey, ok, twice } from "../journey.mjs";

twice("an analyst finds the tables for other tools and their columns", async ({ program, signIn, look }) => {
  const page = await signIn("analyst");
  await page.goto("/extracts");
  await look(page, "extracts");
  equal(await page.locator("tbody tr").count(), 12, "every table");
  ok((await page.locator("pre").innerText()).includes("Parquet.Document"), "the script for Power Query");
  await page.getByRole("link", { name: "appointment_event", exact: true }).click();
  await page.waitForURL(/extracts\/appointment_event$/);
  await look(page, "the columns of a table");
  equal(await page.locator("tbody th").first().innerText(), "seq", "what every table of facts begins with");

  const analyst = await program("analyst");
  const { rows } = await analyst.get("/extracts");
  const token = analyst.site.tokens.get("analyst");
  const file = async (address) => {
    const answer = await fetch(analyst.site.address + address, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, type: answer.headers.get("content-type"), bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  for (const row of rows) {
    const parquet = await file(row.parquet);
    equal([parquet.status, parquet.bytes.subarray(0, 4).toString(), parquet.bytes.subarray(-4).toString()], [200, "PAR1", "PAR1"], row.key);
    const csv = await file(row.csv);
    equal([csv.status, csv.bytes.toString().split("\n")[0].split(",").length], [200, row.columns], row.key);
  }
  const refused = (address) => analyst.get(address).then(() => "given", (error) => error.message);
  for (const [address, told] of [
    ["/extracts/account.csv", "There is no table"],
    ["/extracts/contact.csv?until=2199-01-01", "still to come"],
    ["/extracts/contact.csv?from=2026-01-01&until=2026-03-01", "more than 31 days"],
  ]) ok((await refused(address)).includes(told), `${address}: ${await refused(address)}`);
});

journey("only an analyst takes tables out", async ({ signIn }) => {
  const page = await signIn("supervisor");
  for (const address of ["/extracts", "/extracts/contact", "/extracts/contact.csv"]) equal((await page.goto(address)).status(), 403, address);
});
