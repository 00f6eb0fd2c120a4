// What goes wrong, told in full sentences; and the guards on every page.
import { unguarded } from "../browser.mjs";
import { equal, journey, ok, sentence, twice } from "../journey.mjs";

twice("what is not there, not allowed or out of date is told with what to do", async ({ open, signIn, look }) => {
  const page = await signIn("audit manager");
  for (const address of ["/nothing", "/recommendations/00000000-0000-7000-8000-000000000000", "/recommendations/nonsense", "/papers/00000000-0000-7000-8000-000000000000/pdf", "/inspections/x"]) {
    await page.goto(address);
    equal(page.answered, 404, `status of ${address}`);
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
    sentence(await page.locator("main h1 + p").innerText());
  }
  await look(page, "not found");

  await page.goto("/recommendations/new");
  await page.locator("main form [name=text]").fill("Typed before the form expired");
  await page.locator("main form [name=csrf]").evaluate((field) => field.setAttribute("value", "0".repeat(64)));
  await page.locator("main form button").click();
  await page.getByRole("heading", { name: "This form has expired" }).waitFor();
  equal(page.answered, 403, "status of an expired form");
  await look(page, "expired form");

  const nobody = await open();
  await nobody.goto("/nothing");
  equal(nobody.answered, 404, "status of what is not there, for nobody");
  await look(nobody, "not found, for nobody");
  for (const address of ["/accessibility", "/help/keys"]) {
    await nobody.goto(address);
    equal(nobody.answered, 200, `status of ${address}`);
    await look(nobody, address);
  }
});

journey("every answer carries the strict headers, and a page of another site can send no form", async ({ open, signIn, site }) => {
  const page = await signIn("audit manager");
  const nobody = await open();
  const answers = [];
  for (const address of ["/recommendations", "/recommendations/export/csv", "/papers", "/imports", "/account", "/nothing", "/assets/app.css", "/assets/nothing"]) {
    answers.push(await page.request.get(address));
    answers.push(await nobody.request.get(address, { maxRedirects: 0 }));
  }
  equal(answers.flatMap(unguarded), [], "what lacks a guard");
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://elsewhere.example" }]) {
    await page.goto("/account");
    const csrf = await page.locator("input[name=csrf]").first().inputValue();
    const cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
    const answer = await fetch(`${site.address}/sign-out`, { method: "POST", redirect: "manual", headers: { cookie, "content-type": "application/x-www-form-urlencoded", ...headers }, body: `csrf=${csrf}` });
    equal(answer.status, 403, `status of a form with ${JSON.stringify(headers)}`);
  }
  await page.goto("/account");
  ok(page.url().endsWith("/account"), "another site's form signed the person out");
});

journey("the keys work, say so, and can be turned off", async ({ signIn, look }) => {
  const page = await signIn("analyst");
  await page.goto("/recommendations");
  await page.keyboard.press("Control+k");
  equal(await page.evaluate(() => document.activeElement.id), "find", "the focus after Ctrl+K");
  await page.keyboard.type("R02");
  await page.keyboard.press("Enter");
  await page.waitForURL(/words=R02/);
  await page.locator("h1").click();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await look(page, "keys");
  await dialog.getByLabel("Use single-key shortcuts").uncheck();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.reload();
  await page.locator("h1").click();
  await page.keyboard.press("?");
  ok(!(await dialog.isVisible()), "the single key works although it is turned off");
});
