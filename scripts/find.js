// Find or go to: what the field in the bar finds while one types, as a list to walk with the arrows.
// Without this file the field is a form that leads to the page of what is found; Enter with nothing chosen still does.
const PATIENCE = 150; // milliseconds without a key before anything is asked

export function find() {
  const field = document.querySelector("[data-find]");
  if (!field?.form) return;
  const popup = element("div", { class: "an-find__popup", hidden: "" });
  const head = element("p", { class: "an-find__head", "aria-hidden": "true" });
  const list = element("ul", { id: "find-list", role: "listbox", "aria-label": "Found" });
  const told = element("p", { class: "govuk-visually-hidden", role: "status" });
  popup.append(head, list);
  field.form.append(popup, told);
  field.type = "text"; // a search field may not be a combobox
  attributes(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });

  let timer;
  let asking;
  let active = -1;
  const isOpen = () => field.getAttribute("aria-expanded") === "true";

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    popup.hidden = true;
    field.setAttribute("aria-expanded", "false");
    told.textContent = "";
    choose(-1);
  };

  const choose = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };

  const ask = async () => {
    const words = field.value.trim();
    asking?.abort();
    if (!words) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`/find?words=${encodeURIComponent(words)}`, { headers: { accept: "application/json" }, signal });
      if (!answer.ok) return close();
      const found = await answer.json();
      if (!signal.aborted && document.activeElement === field) draw(found);
    } catch {
      if (!signal.aborted) close(); // the network is away: the form may still work
    }
  };

  const draw = ({ hits, count, more, all }) => {
    choose(-1);
    list.replaceChildren(...hits.map(option));
    if (more > 0) list.append(last(hits.length, more, all));
    head.textContent = hits.length > 0 ? count : "Nothing has all of these words";
    told.textContent = head.textContent;
    list.hidden = hits.length === 0;
    popup.hidden = false;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", String(hits.length > 0));
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim()) timer = setTimeout(ask, PATIENCE);
    else close();
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Escape") {
      if (popup.hidden) return; // keys.js leaves the field
      close();
      event.stopPropagation();
    } else if (event.key === "ArrowDown" && !isOpen()) {
      ask();
    } else if (!isOpen() || !move(event.key)) {
      return;
    }
    event.preventDefault();
  });

  // Whether the key was one of the list's. Home and End are the list's only while one walks in it.
  const move = (key) => {
    const most = list.children.length - 1;
    if (key === "ArrowDown") choose(active >= most ? 0 : active + 1);
    else if (key === "ArrowUp") choose(active <= 0 ? most : active - 1);
    else if (active < 0) return false;
    else if (key === "Home") choose(0);
    else if (key === "End") choose(most);
    else if (key === "Enter") location.assign(list.children[active].dataset.address);
    else return false;
    return true;
  };

  // The field keeps the focus while the list is used with a pointer.
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const address = event.target.closest("[data-address]")?.dataset.address;
    if (address) location.assign(address);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  addEventListener("pagehide", close);
}

function option({ label, kind_words: kind, note, context, address }, index) {
  const words = element("span", { class: "an-find__context" });
  for (const { text, found } of context) words.append(found ? element("mark", {}, text) : text);
  const about = element("span", { class: "an-find__kind" }, note ? `${kind}, ${note.toLowerCase()}` : kind);
  const made = place(index, address);
  made.append(element("span", { class: "an-find__label" }, label), " ", about, " ", words);
  return made;
}

function last(index, more, address) {
  const made = place(index, address);
  made.textContent = `and ${more.toLocaleString("en-GB")} more`;
  return made;
}

const place = (index, address) => element("li", { id: `find-${index}`, role: "option", class: "an-find__option", "aria-selected": "false", "data-address": address });

function element(name, given, text = "") {
  const made = document.createElement(name);
  attributes(made, given);
  made.textContent = text;
  return made;
}

function attributes(made, given) {
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
}
