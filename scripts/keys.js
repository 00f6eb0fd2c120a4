// Keys: Ctrl+K and "/" find, "?" shows all keys, Escape closes. The single keys can be turned off (WCAG 2.1.4).
const OFF = "answerable.single-keys-off";

const typing = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));

const off = () => {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false; // storage may be forbidden; then the key stays on
  }
};

export function keys() {
  const find = document.querySelector("[data-find]");
  const dialog = document.querySelector("[data-keys]");
  const single = dialog?.querySelector("[data-single-keys]");

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && find) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && find && !dialog?.open && !typing(event.target) && !off()) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && dialog && !typing(event.target) && !off()) {
      event.preventDefault();
      show();
    } else if (event.key === "Escape" && !dialog?.open) {
      close(event.target);
    }
  });

  // A native dialog closes on Escape and gives the focus back by itself.
  const show = () => !dialog.open && dialog.showModal();
  document.querySelector("[data-show-keys]")?.addEventListener("click", (event) => {
    event.preventDefault();
    if (dialog) show();
  });
  if (single) {
    single.checked = !off();
    single.addEventListener("change", () => {
      try {
        localStorage.setItem(OFF, single.checked ? "no" : "yes");
      } catch {
        // nothing to keep it in
      }
    });
  }
}

// Escape in the find box leaves it; inside an open <details> menu it closes the menu and returns the focus.
function close(target) {
  if (!(target instanceof HTMLElement)) return;
  if (target.matches("[data-find]")) return target.blur();
  const menu = target.closest("details[open][data-menu]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}
