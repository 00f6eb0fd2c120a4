// Hands that hold no mouse: everything is reached by Tab and done with keys, and found by its accessible name.
//
//   const { follow, type, press } = keyboard(page);
//   await follow("link", "The month");
//   await type("Reason", "Merged into R2");
//   await press("Withdraw the request");
import { equal } from "./journey.mjs";

// More stops than any page has.
const PATIENCE = 1500;

export function keyboard(page) {
  // The one thing of that role and name; a locator stands for itself.
  const find = (role, name) => (typeof role === "string" ? page.getByRole(role, typeof name === "string" ? { name, exact: true } : { name }).first() : role);

  // Walks there by Tab. From the top of a page it goes past the bar by the link that is there for that.
  async function reach(role, name) {
    const wanted = find(role, name);
    await wanted.waitFor({ state: "attached" });
    const element = await wanted.elementHandle();
    const has = () => element.evaluate((one) => one === document.activeElement);
    const skips = await element.evaluate((one) => document.activeElement === document.body && Boolean(one.closest("main")));
    if (skips) {
      await page.keyboard.press("Tab");
      equal(await page.evaluate(() => document.activeElement.innerText), "Skip to main content", "the first stop of a page");
      await page.keyboard.press("Enter");
    }
    for (let presses = 0; presses < PATIENCE; presses += 1) {
      if (await has()) return wanted;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not reach ${name ?? wanted} on ${page.url()}`);
  }

  // Enter on a link or a button that leads to another page.
  async function follow(role, name) {
    await reach(role, name);
    const loaded = page.waitForEvent("load");
    await page.keyboard.press("Enter");
    await loaded;
    await page.waitForLoadState();
    return page.answered;
  }

  return {
    reach,
    follow,
    press: (name) => follow("button", name),
    // Opens a part that is folded away.
    async unfold(words) {
      await reach(page.locator("summary", { hasText: words }).first());
      await page.keyboard.press("Enter");
    },
    async type(name, text) {
      await reach("textbox", name);
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await page.keyboard.type(text);
    },
    async tick(name) {
      const box = await reach("checkbox", name);
      if (!(await box.isChecked())) await page.keyboard.press("Space");
    },
    // Goes through a list of choices with the arrows until the words are reached.
    async choose(name, words) {
      const list = await reach("combobox", name);
      const chosen = () => list.evaluate((one) => one.selectedOptions[0].innerText);
      await page.keyboard.press("Home");
      for (let at = await list.evaluate((one) => one.options.length); at > 0; at -= 1) {
        if ((await chosen()).includes(words)) return;
        await page.keyboard.press("ArrowDown");
      }
      throw new Error(`“${name}” offers no “${words}” on ${page.url()}`);
    },
    // A file that a link gives.
    async fetch(role, name) {
      await reach(role, name);
      const download = page.waitForEvent("download");
      await page.keyboard.press("Enter");
      return (await download).path();
    },
    async signIn({ sign_in, password }) {
      await page.goto("/sign-in");
      for (const [kind, text] of [["username", sign_in], ["current-password", password]]) {
        await reach(page.locator(`input[autocomplete=${kind}]`));
        await page.keyboard.type(text);
      }
      await follow("button", "Sign in");
      await find("button", "Sign out").waitFor();
    },
  };
}

// Words that begin or end with these, whatever signs are in them.
export const beginning = (words) => new RegExp(`^${escaped(words)}`);
export const ending = (words) => new RegExp(`${escaped(words)}$`);
const escaped = (words) => words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
