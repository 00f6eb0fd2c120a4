// The eyes themselves are tested: each check passes on a sound page and finds the fault that is planted in it.
import { journey, ok } from "./journey.mjs";

const SOUND = `<!DOCTYPE html><html lang="en-GB"><head><title>Sound</title><style>:focus-visible{outline:3px solid #000}</style></head>
<body><main><h1>Sound</h1><p>Some words. <a href="#x">A link</a></p>
<form><label for="a">Name</label> <input id="a" name="a"> <button>Save</button></form></main></body></html>`;
const SMALL = '<button style="width:9px;height:9px;padding:0;border:0">a</button>';

// Which check, what is planted, a word of what it must say, and how it is planted.
const faults = [
  ["axe", "a field without a label", "label:", (html) => html.replace('<label for="a">Name</label>', "")],
  ["axe", "pale words", "color-contrast:", (html) => html.replace("<p>", '<p style="color:#bbb">')],
  ["axe", "a page without a language", "html-has-lang:", (html) => html.replace(' lang="en-GB"', "")],
  ["axe", "targets too small and too close", "target-size:", (html) => html.replace("<form>", `<div>${SMALL}${SMALL}</div><form>`)],
  ["reflow320", "a page wider than 320 px", "scrollWidth", (html) => html.replace("<p>", '<p style="width:600px">')],
  ["textSpacing", "words cut off", "<p style", (html) => html.replace("<p>", '<p style="height:1.2em;width:150px;overflow:hidden">')],
  ["tabOrder", "a focus that is not seen", "not seen: <button", (html) => html.replace("<button>", '<button style="outline:none">')],
  ["tabOrder", "something over the focus", "lies over", (html) => html.replace("</main>", '</main><div style="position:fixed;inset:0;background:#fff"></div>')],
  ["tabOrder", "an order of its own", "tabindex", (html) => html.replace("<input", '<input tabindex="3"')],
  ["tabOrder", "a trap for the keyboard", "Tab reaches", (html) => html.replace("<form>", '<form onkeydown="event.key===`Tab`&&event.preventDefault()">')],
];

journey("the eyes find nothing on a sound page", async ({ open, eyes }) => {
  const page = await open();
  await page.setContent(SOUND);
  await eyes.accessible(page);
});

for (const [check, fault, word, plant] of faults) {
  journey(`${check} finds ${fault}`, async ({ open, eyes }) => {
    const page = await open();
    const bad = plant(SOUND);
    ok(bad !== SOUND, "the fault was not planted");
    await page.setContent(bad);
    const found = await eyes[check](page).then(() => "nothing", (error) => error.message);
    ok(found.includes(word), `${check} should say "${word}" and says: ${found}`);
  });
}
