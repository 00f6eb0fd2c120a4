// A queue that stays open: rows change in place; none comes, goes or moves under the pointer or the focus.
// Server-sent events with the entry each picture of this page is as at; where they fail, the page is asked for every 15
// seconds.
const POLL = 15_000;
const SAY = 10_000; // at most so often is anything said aloud

export function queue() {
  const box = document.querySelector("[data-queue]");
  if (!box) return;
  const address = box.dataset.queue;
  const body = box.querySelector("[data-queue-lines]");
  const find = (name) => document.querySelector(`[data-queue-${name}]`);
  const [told, fresh, pause, state, said, empty, at] = ["told", "new", "pause", "state", "said", "empty", "seq"].map(find);
  const [sides, filter, nothing, pages, rows] = ["sides", "filter", "nothing", "pages", "rows"].map(find);
  let seq = Number(box.dataset.seq);
  let held = null; // a picture that waits until nobody's hands are on the rows
  let paused = false;
  let isLive = false;
  let spoken = 0;

  const busy = () => paused || body.matches(":hover") || body.contains(document.activeElement);

  function take(picture) {
    if (picture.seq < seq) return; // an older one, late
    seq = picture.seq;
    told.textContent = picture.told;
    at.textContent = picture.seq;
    for (const line of picture.lines) {
      const row = body.querySelector(`[data-line="${line.id}"]`);
      if (row) fill(row, line);
    }
    const shown = [...body.children].map((row) => row.dataset.line);
    const wanted = picture.lines.map((line) => line.id);
    const come = wanted.filter((id) => !shown.includes(id));
    const gone = shown.filter((id) => !wanted.includes(id));
    const moved = come.length === 0 && gone.length === 0 && wanted.some((id, index) => shown[index] !== id);
    if (come.length + gone.length === 0 && !moved) return settle(picture);
    say(come, gone);
    if (!busy()) return draw(picture);
    held = picture;
    for (const id of gone) body.querySelector(`[data-line="${id}"]`)?.classList.add("an-queue__gone");
    fresh.textContent = [come.length > 0 ? `${come.length} new` : "", gone.length > 0 ? `${gone.length} gone` : "", moved ? "another order" : ""].filter(Boolean).join(", ") + ": show";
    fresh.hidden = false;
  }

  // What stands around the rows: a queue that grew longer than a page has filters, and a page after this one. It follows
  // the rows that are drawn: a next page that began after others would leave some out.
  function around(picture) {
    if (picture.is_long && filter.hidden) {
      filter.hidden = false;
      sides.classList.add("an-side-by-side");
    }
    nothing.textContent = picture.nothing;
    pages.hidden = picture.rows === "";
    rows.textContent = picture.rows;
    for (const name of ["first", "next"]) {
      const link = find(name);
      link.hidden = picture[name] === "";
      if (picture[name]) link.href = picture[name];
      else link.removeAttribute("href");
    }
  }

  function draw(picture) {
    const known = new Map([...body.children].map((row) => [row.dataset.line, row]));
    body.replaceChildren(...picture.lines.map((line) => fill(known.get(line.id) ?? blank(line), line)));
    settle(picture);
  }

  function settle(picture) {
    held = null;
    fresh.hidden = true;
    around(picture);
    empty.hidden = body.children.length > 0;
    late();
  }

  function say(come, gone) {
    if (Date.now() - spoken < SAY) return;
    spoken = Date.now();
    said.textContent = [come.length > 0 ? `${come.length} new in the queue` : "", gone.length > 0 ? `${gone.length} gone` : ""].filter(Boolean).join(", ");
  }

  function late() {
    for (const cell of body.querySelectorAll("[data-due]")) cell.classList.toggle("an-alarm", cell.dataset.due !== "" && Date.parse(cell.dataset.due) < Date.now());
  }

  fresh.addEventListener("click", () => held && draw(held));
  body.addEventListener("pointerleave", () => held && !busy() && draw(held));
  body.addEventListener("focusout", () => setTimeout(() => held && !busy() && draw(held)));
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    pause.textContent = paused ? "Go on" : "Pause";
    tell();
    if (!paused && held) draw(held);
  });

  function tell() {
    if (paused) state.textContent = "Paused: rows stay where they are";
    else state.textContent = isLive ? "Live" : "Not live: looking every 15 seconds";
  }

  // Whoever is signed out, or may not see it any more, is left nothing of it.
  function end() {
    body.replaceChildren();
    state.textContent = "You are signed out, or may not see this queue any more. Sign in again.";
  }

  listen();
  late();
  setInterval(late, 10_000);

  function listen() {
    const source = new EventSource(box.dataset.live);
    let poll;
    source.addEventListener("open", () => {
      clearInterval(poll);
      poll = undefined;
      isLive = true;
      tell();
    });
    source.addEventListener("queue", (event) => take(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      isLive = false;
      tell();
      poll ??= setInterval(async () => {
        const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
        if (answer?.ok) return take((await answer.json()).snapshot);
        if (![401, 403, 404].includes(answer?.status)) return;
        clearInterval(poll);
        source.close();
        end();
      }, POLL);
    });
    addEventListener("pagehide", () => source.close());
  }
}

const make = (name, given = {}, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};
const note = (words, kind = "") => make("span", { class: `an-note${kind}` }, words);

function blank(line) {
  const row = make("tr", { "data-line": line.id }, make("th", { scope: "row" }));
  for (let cell = 0; cell < 5; cell += 1) row.append(make("td"));
  return row;
}

// Only what differs is written, so that a reader's place in the row stays.
function fill(row, line) {
  const drawn = JSON.stringify(line);
  if (row.dataset.drawn === drawn) return row;
  row.dataset.drawn = drawn;
  row.classList.remove("an-queue__gone");
  const [head, grade, waits, due, place, since] = row.children;
  const link = head.querySelector("a") ?? make("a", { class: "an-ref" });
  link.href = line.address;
  link.textContent = line.reference;
  head.replaceChildren(link, " ", make("span", { class: "an-title" }, line.summary), note(line.kind));
  grade.replaceChildren(make("strong", { class: `an-grade an-grade--${line.grade}` }, line.grade_words), note(line.risk_words));
  waits.replaceChildren(line.waits, note(line.with));
  if (line.endorsement) waits.append(make("span", { class: "an-note" }, make("strong", {}, line.endorsement)));
  if (line.owed) waits.append(note(`Owed: ${line.owed}`, " an-alarm"));
  due.className = "an-num";
  due.dataset.due = line.due_at;
  due.textContent = line.clock;
  place.textContent = line.place;
  since.className = "an-num";
  since.textContent = line.since;
  return row;
}
