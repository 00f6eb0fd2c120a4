// The service advisor's screen: keys to its panes and buttons, levels by digit, what is found while one types, the clock.
// Without this file the screen is a form, and saving it looks everything up anew.
import { pressed, shortcuts } from "./shortcuts.js";

const MARKED = 20_000; // characters that a narrative may have; more is a paste that went wrong
const PATIENCE = 250; // milliseconds without a key before anything is looked up
const KEYS = new Map([
  ...[1, 2, 3, 4, 5, 6, 7].map((pane) => [`Alt+${pane}`, `pane${pane}`]),
  ["Alt+E", "immediate"],
  ["Ctrl+Enter", "main"],
  ["Alt+S", "save"],
]);

let under = () => {}; // underlines what matches a rule

export async function call() {
  const form = document.querySelector("form[data-call]");
  clock();
  if (!form) return;
  heading(form);
  levels(form);
  purposes(form);
  under = marks(form);
  looking(form);
  let keys = KEYS;
  document.addEventListener("keydown", (event) => {
    const what = keys.get(pressed(event));
    if (!what || event.isComposing || event.repeat) return;
    const pane = /^pane(\d)$/.exec(what)?.[1];
    const target = pane ? first(pane) : document.querySelector(`[data-key="${what}"]`);
    if (!target) return;
    event.preventDefault();
    if (pane) target.focus();
    else target.click();
  });
  keys = await shortcuts(form.dataset.account, KEYS);
  shown(keys);
}

// The keys that are printed on the screen are this person's, and none is printed that was turned off.
function shown(keys) {
  const of = new Map([...keys].map(([combination, what]) => [what, combination]));
  const panes = [1, 2, 3, 4, 5, 6, 7].map((pane) => of.get(`pane${pane}`)).filter(Boolean);
  const first = panes.length === 7 && panes.every((key, index) => key === `Alt+${index + 1}`);
  for (const place of document.querySelectorAll("kbd[data-shows]")) {
    const what = place.dataset.shows;
    const key = what === "panes" ? (first ? "Alt+1–7" : panes.join(", ")) : of.get(what);
    place.textContent = (key ?? "off").replaceAll("+", " ") || "off";
  }
  for (const button of document.querySelectorAll("[data-key]")) {
    const key = of.get(button.dataset.key);
    if (key) button.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
    else button.removeAttribute("aria-keyshortcuts");
  }
}

// The first field of a pane; in a group of choices the chosen one, as the Tab key has it.
function first(pane) {
  const body = document.querySelector(`[data-pane="${pane}"]`);
  // Of the earlier ones the choice is wanted, not the link to the record.
  const field = body?.querySelector("input:not([type=hidden]), select, textarea");
  if (field?.type !== "radio") return field;
  return body.querySelector(`input[name="${field.name}"]:checked`) ?? field;
}

// 0 to 3 choose a level while one is in its row, and the reason is next.
function levels(form) {
  form.addEventListener("keydown", (event) => {
    const group = event.target.closest?.("[data-levels]");
    if (!group || event.altKey || event.ctrlKey || event.metaKey || !/^[0-3]$/.test(event.key)) return;
    const box = group.querySelectorAll("input")[Number(event.key)];
    if (!box) return;
    event.preventDefault();
    box.checked = true;
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
    group.parentElement.querySelector("textarea")?.focus();
  });
}

// One letter says what an earlier one has to do with this contact: c chase, n new information, i invited, o new
// occurrence, u unrelated. They act only in the list itself.
function purposes(form) {
  const letters = { c: "chase", n: "new_information", i: "invited_call_back", o: "new_occurrence", u: "unrelated" };
  form.addEventListener("keydown", (event) => {
    const value = letters[event.key];
    const field = event.target;
    if (!value || field.tagName !== "SELECT" || !field.closest("[data-line]") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Words that match a rule are underlined where they stand: the same text lies behind the field, unseen but for the lines.
function marks(form) {
  const field = form.elements.narrative;
  const drawn = make("div");
  const behind = make("div", { class: "an-narrative__marks", "aria-hidden": "true" }, drawn);
  const box = make("div", { class: "an-narrative__box" });
  field.before(box);
  box.append(behind, field);
  let matched = [];
  const scroll = () => drawn.style.setProperty("margin-top", `${-field.scrollTop}px`);
  const draw = () => {
    const text = field.value.length > MARKED ? "" : field.value;
    const small = text.toLowerCase();
    const found = matched
      .flatMap((words) => places(small, words.toLowerCase()))
      .sort((a, b) => a[0] - b[0]);
    const pieces = [];
    let at = 0;
    for (const [from, until] of found) {
      if (from < at) continue;
      pieces.push(text.slice(at, from), make("u", {}, text.slice(from, until)));
      at = until;
    }
    drawn.replaceChildren(...pieces, `${text.slice(at)}\n`);
    scroll();
  };
  const places = (text, words) => {
    const all = [];
    for (let at = text.indexOf(words); at >= 0 && words !== ""; at = text.indexOf(words, at + words.length)) all.push([at, at + words.length]);
    return all;
  };
  field.addEventListener("input", draw);
  field.addEventListener("scroll", scroll);
  return (words) => {
    matched = [...new Set(words)];
    draw();
  };
}

// The page is headed by the title as it is typed; without one, by what it came with.
function heading(form) {
  const head = document.querySelector("[data-heading]");
  const title = form.elements.summary;
  if (!head || !title) return;
  const came = head.textContent;
  const domestic = document.querySelector("[data-domestic]");
  const box = form.querySelector('[name="qualifiers"][value="domestic"]');
  const show = () => {
    head.textContent = title.value.trim() || came;
    domestic.hidden = !box?.checked;
  };
  title.addEventListener("input", show);
  box?.addEventListener("change", show);
  form.addEventListener("draft-restored", show);
}

function clock() {
  const shown = document.querySelector("[data-runs-since]");
  const since = Date.parse(shown?.dataset.runsSince ?? "");
  if (!shown || Number.isNaN(since)) return;
  const tick = () => {
    const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    shown.textContent = `${hours > 0 ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  tick();
  setInterval(tick, 1000);
}

function looking(form) {
  let timer;
  let asking;
  let before = "";
  const look = async () => {
    const body = new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "last_seq"));
    const typed = body.toString();
    if (typed === before) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.lookup, { method: "POST", body, headers: { accept: "application/json" }, signal: asking.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      before = typed;
      suggest(found);
      earlier(form, found.earlier);
      places(form, found.gazetteer);
    } catch {
      // away, or overtaken by a later look: the form itself is whole
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PATIENCE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("draft-restored", soon);
  if (!form.querySelector("fieldset:disabled")) look();
}

const make = (name, given = {}, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};

function suggest({ suggestion, deciding, grade_words: words, considered, places, matched }) {
  const head = document.querySelector("[data-suggested]");
  if (head) {
    head.dataset.suggested = suggestion.grade;
    const shown = head.querySelector("[data-suggested-words]");
    if (shown.textContent !== words) shown.textContent = words;
    const reasons = suggestion.reasons.map((one) => make("li", {}, make("span", {}, one.because), make("span", { class: "an-muted an-nowrap" }, `rule ${one.rule}`)));
    const besides = document.querySelector("[data-besides]");
    document.querySelector("[data-reasons]").replaceChildren(...reasons.slice(0, deciding));
    besides.querySelector("ul").replaceChildren(...reasons.slice(deciding));
    besides.querySelector("[data-besides-count]").textContent = reasons.length - deciding;
    besides.hidden = reasons.length === deciding;
    for (const [grade, place] of places) {
      const hint = document.querySelector(`[data-place-of="${grade}"]`);
      if (hint) hint.textContent = grade === suggestion.grade ? `suggested · ${place}` : place;
    }
  }
  const ask = document.querySelector("[data-ask]");
  ask.hidden = suggestion.ask.length === 0;
  ask.querySelector("[data-ask-words]").textContent = suggestion.ask.join(" ");
  document.querySelector("[data-considered]").textContent = `${considered} of 6`;
  document.querySelector("[data-matched]").textContent = matched.length === 0 ? "" : "words that match a rule are underlined";
  under(matched);
}

// Lines that are there keep their place and their choice: nothing moves under somebody's hands.
function earlier(form, lines) {
  const box = document.querySelector("[data-earlier]");
  const list = box.querySelector(".an-earlier");
  const model = [...(form.querySelector("[data-line] select")?.options ?? [])].map((option) => [option.value, option.textContent]);
  const wanted = new Set(lines.map((line) => line.id));
  for (const line of lines) {
    if (list.querySelector(`[data-line="${line.id}"]`)) continue;
    list.append(drawn(line, model.length > 0 ? model : PURPOSES));
  }
  for (const shown of list.querySelectorAll("[data-line]")) {
    const select = shown.querySelector("select");
    if (!wanted.has(shown.dataset.line) && select.value === "" && !shown.contains(document.activeElement)) shown.remove();
  }
  const none = box.querySelector("[data-none]");
  if (none) none.hidden = list.children.length > 0;
}

const PURPOSES = [
  ["", "Not decided"],
  ["chase", "Chase"],
  ["new_information", "New information"],
  ["invited_call_back", "Invited call-back"],
  ["new_occurrence", "New occurrence"],
  ["unrelated", "Unrelated"],
];

function drawn(line, purposes) {
  const select = make("select", { class: "govuk-select", id: line.field, name: line.field });
  for (const [value, words] of purposes) select.append(make("option", { value }, words));
  select.value = line.purpose;
  const label = make("label", { class: "govuk-visually-hidden", for: line.field }, `What ${line.reference} has to do with this contact`);
  return make(
    "li",
    { class: `an-earlier__one${line.is_open ? " an-earlier__one--open" : ""}`, "data-line": line.id },
    make("span", { class: "an-earlier__when" }, make("b", {}, line.day), make("small", {}, line.ago)),
    make("span", { class: "an-earlier__what" }, make("a", { href: line.address }, line.what), make("small", {}, line.evidence.join(", "))),
    make("span", { class: "an-earlier__state" }, line.state),
    make("span", { class: "an-earlier__link" }, label, select),
  );
}

// Places of the gazetteer below the address: the arrows walk, Enter takes, and division and beat are filled in.
function places(form, found) {
  const field = form.elements.place_words;
  const list = document.querySelector("[data-gazetteer]");
  const told = document.querySelector("[data-place-told]");
  const take = (place) => {
    field.value = place.words;
    form.elements.place.value = place.id;
    form.elements.division.value = place.division;
    form.elements.beat.value = place.beat;
    form.elements.is_rural.value = place.is_rural ? "yes" : "no";
    told.textContent = ["In the gazetteer", place.is_rural ? "rural" : "", ...place.warnings.map((one) => `warning: ${one}`)].filter(Boolean).join(", ");
    list.hidden = true;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const exact = found.find((place) => place.words === field.value);
  if (document.activeElement !== field || exact || found.length === 0) {
    list.hidden = true;
    return;
  }
  list.replaceChildren(
    ...found.map((place) => {
      const button = make("button", { type: "button", class: "an-place__one" }, place.words, make("small", {}, ` ${place.division}, beat ${place.beat}`));
      button.addEventListener("click", () => take(place));
      return make("li", {}, button);
    }),
  );
  list.hidden = false;
  list.onkeydown = (event) => {
    const all = [...list.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)].focus();
    else if (event.key === "ArrowUp") (at <= 0 ? field : all[at - 1]).focus();
    else if (event.key === "Escape") {
      list.hidden = true;
      field.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  field.onkeydown = (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") list.querySelector("button").focus();
    else if (event.key === "Enter") take(found[0]);
    else if (event.key === "Escape") list.hidden = true;
    else return;
    event.preventDefault();
  };
  form.elements.place.value = ""; // other words are another place, until one is taken
}
