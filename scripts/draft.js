// Drafts: what is typed in a form marked data-draft goes to the server after each pause of a second and at least every
// ten, and stays on this computer until the server has it. After a crash, a sign-out or a reload it is put back.
// A form: <form data-draft="/drafts/ID" data-account="ID" data-seq="48210"> with [data-draft-told] and [data-draft-others].
// With data-draft-unsaved it came back refused: what stands in it is nowhere else.
const PAUSE = 1000;
const AT_MOST = 10_000;
const LOCAL = 200; // milliseconds after a key until the computer itself has it
const PRESENCE = 15_000;
const NOT_TYPED = new Set(["csrf", "last_seq", "draft_sent"]);

export async function drafts() {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const address = form.dataset.draft;
  const told = document.querySelector("[data-draft-told]");
  const others = document.querySelector("[data-draft-others]");
  const page = windowName();
  const local = keeper(`${form.dataset.account}|${address}|`);
  const opened = read(form);
  const isUnsaved = form.dataset.draftUnsaved !== undefined;
  let saved = isUnsaved ? {} : opened; // what the server has, or what the page came with
  let number = 0;
  let pause;
  let since = 0; // when the first key fell that the server has not
  let sending = null;
  let leaving = false;

  const tell = (words) => {
    if (told && told.textContent !== words) told.textContent = words;
  };
  const ask = (way, method, body, keepalive = false) => {
    sending = new AbortController();
    const headers = { accept: "application/json", "content-type": "application/json", "x-csrf-token": form.elements.csrf?.value ?? "" };
    return fetch(address + way, { method, headers, body: body && JSON.stringify(body), keepalive, signal: keepalive ? undefined : sending.signal });
  };
  const draft = () => {
    number = Math.max(number + 1, Date.now());
    return { page, number, base_seq: Number(form.elements.last_seq?.value ?? form.dataset.seq ?? 0), fields: read(form), address: location.pathname };
  };
  const show = (people) => {
    if (!others) return;
    const words = people.length === 0 ? "" : `${people.map((one) => one.name).join(" and ")} ${people.length === 1 ? "has" : "have"} this open, too`;
    if (others.textContent !== words) others.textContent = words;
    others.hidden = words === "";
  };

  async function save() {
    clearTimeout(pause);
    if (leaving) return;
    if (sending) return void (pause = setTimeout(save, PAUSE)); // one at a time; what was typed meanwhile goes next
    const mine = draft();
    if (same(mine.fields, saved)) return;
    const from = since;
    try {
      const answer = await ask("", "PUT", mine);
      if (answer.status === 401 || answer.redirected) tell("You are signed out. What you type is kept on this computer: sign in in another window");
      else if (!answer.ok) tell(`Not saved: ${(await answer.json()).detail ?? answer.status}. It is kept on this computer`);
      else {
        const heard = await answer.json();
        saved = mine.fields;
        if (since === from) since = 0;
        if (same(read(form), saved)) await local.forget(page);
        tell(`Draft saved ${heard.saved_at ?? ""}`);
        show(heard.others);
      }
      if (!answer.ok) again();
    } catch (error) {
      if (error.name === "AbortError") return;
      tell("The server cannot be reached. What you type is kept on this computer and sent when it can be");
      again();
    } finally {
      sending = null;
    }
  }
  const again = () => (pause = setTimeout(save, 3 * PAUSE));

  let keeping;
  function typed() {
    since ||= Date.now();
    keeping ??= setTimeout(() => {
      keeping = undefined;
      if (!leaving) local.keep(page, draft());
    }, LOCAL);
    clearTimeout(pause);
    pause = setTimeout(save, Math.max(0, Math.min(PAUSE, since + AT_MOST - Date.now())));
  }
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);

  // Sent: nothing more of this page may come after it. Should it not have arrived, the copy is put back next time.
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(pause);
    sending?.abort();
    if (!isUnsaved && same(read(form), opened)) return;
    const mine = draft();
    local.keep(page, { ...mine, sent: true, opened });
    // The answer's address says it back: so it is known to have arrived.
    const field = form.querySelector("input[name=draft_sent]") ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "draft_sent" }));
    field.value = mine.number;
  });
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("pagehide", () => {
    if (leaving || same(read(form), saved)) return;
    const mine = draft();
    local.keep(page, mine);
    ask("", "PUT", mine, true).catch(() => {});
  });

  await restore();
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(`${address}/presence`, { method: "POST", headers: { accept: "application/json", "content-type": "application/json", "x-csrf-token": form.elements.csrf?.value ?? "" }, body: "{}" }).catch(() => null);
    if (answer?.ok) show((await answer.json()).others);
  }, PRESENCE);

  async function restore() {
    if (isUnsaved) return typed();
    // Nothing can be put back in a form that only shows; the copies wait.
    if ([...form.elements].every((field) => !field.name || NOT_TYPED.has(field.name) || field.matches(":disabled"))) return;
    const here = [];
    for (const copy of await local.all()) {
      if (copy.sent && arrived(copy)) await local.forget(copy.page);
      else here.push(copy);
    }
    const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? await answer.json() : { mine: [], others: [] };
    show(found.others);
    const latest = [...here, ...found.mine].sort((a, b) => b.number - a.number)[0];
    if (!latest) return;
    number = latest.number;
    if (same(latest.fields, opened)) return;
    if (!same(read(form), opened)) return; // already typing: nothing is put over it, and it is in the list of drafts
    fill(form, latest.fields);
    if (form.elements.last_seq && latest.base_seq) form.elements.last_seq.value = latest.base_seq;
    tell("Put back what you had typed and not saved");
    form.dispatchEvent(new CustomEvent("draft-restored", { bubbles: true }));
    typed();
    // It lives on in this window; another draft waits for its turn.
    if (latest.page === page) return;
    if (found.mine.includes(latest)) await ask("/discard", "POST", { page: latest.page }).catch(() => {});
    else await local.forget(latest.page);
    sending = null;
  }

  // What was sent has arrived where the page was led to by the answer; or where all that it changed stands there. That the
  // record moved on is no sign of it: somebody else may have moved it.
  function arrived(copy) {
    if (new URLSearchParams(location.search).get("sent") === String(copy.number)) return true;
    const asked = new Set([...form.elements].filter((field) => !field.matches(":disabled")).map((field) => field.name));
    const text = (fields, name) => (fields?.[name] ?? "").trim();
    const changed = Object.keys({ ...copy.opened, ...copy.fields }).filter((name) => text(copy.fields, name) !== text(copy.opened, name));
    return changed.every((name) => asked.has(name) && text(opened, name) === text(copy.fields, name));
  }
}

// The same over a reload, another in every window.
function windowName() {
  try {
    const known = sessionStorage.getItem("answerable.window");
    if (known) return known;
    const made = crypto.randomUUID();
    sessionStorage.setItem("answerable.window", made);
    return made;
  } catch {
    return crypto.randomUUID();
  }
}

function read(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NOT_TYPED.has(name) || typeof value !== "string") continue;
    fields[name] = name in fields ? `${fields[name]}\n${value}` : value;
  }
  return fields;
}

function fill(form, fields) {
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name) || field.type === "hidden" || field.type === "submit") continue;
    const value = fields[field.name] ?? "";
    if (field.type === "checkbox" || field.type === "radio") field.checked = value.split("\n").includes(field.value);
    else field.value = value;
  }
}

const same = (a, b) => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? "") === (b[name] ?? ""));
};

// What this computer keeps until the server has it. Where the browser forbids it, nothing is kept and nothing breaks.
function keeper(prefix) {
  const open = new Promise((resolve) => {
    try {
      const opening = indexedDB.open("answerable", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  const act = async (mode, what) => {
    const base = await open;
    if (!base) return [];
    return new Promise((resolve) => {
      const within = base.transaction("drafts", mode, { durability: "strict" });
      const request = what(within.objectStore("drafts"));
      within.oncomplete = () => resolve(request.result);
      within.onerror = within.onabort = () => resolve([]);
    });
  };
  return {
    keep: (page, copy) => act("readwrite", (store) => store.put({ ...copy, page }, prefix + page)),
    forget: (page) => act("readwrite", (store) => store.delete(prefix + page)),
    all: () => act("readonly", (store) => store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`))),
  };
}
