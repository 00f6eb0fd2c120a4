// Shortcuts of the working screens: each person's own, changed on /account/keys, any of them turned off there.
const KNOWN = "answerable.shortcuts";

// The combination that was pressed, as the page of keys writes it: "Alt+1", "Ctrl+Enter".
export function pressed(event) {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const key = digit ?? (event.altKey || event.ctrlKey ? letter : undefined) ?? event.key;
  return [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey && key.length > 1 ? "Shift" : "", key].filter(Boolean).join("+");
}

// What each combination does for this person. The page's own until the server has answered.
export async function shortcuts(account, fallback) {
  const place = `${KNOWN}.${account}`;
  try {
    const kept = sessionStorage.getItem(place);
    if (kept) return new Map(JSON.parse(kept));
  } catch {
    // then it is asked for on every page
  }
  try {
    const answer = await fetch("/account/keys", { headers: { accept: "application/json" } });
    if (!answer.ok) return fallback;
    const { keys } = await answer.json();
    const map = keys.filter((one) => one.keys !== "").map((one) => [one.keys, one.action]);
    try {
      sessionStorage.setItem(place, JSON.stringify(map));
    } catch {
      // nothing to keep it in
    }
    return new Map(map);
  } catch {
    return fallback;
  }
}

// Changed ones hold at once: the page of keys forgets what was kept.
export function forgetShortcuts() {
  if (!document.querySelector("[data-shortcuts]")) return;
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(KNOWN)) sessionStorage.removeItem(name);
  } catch {
    // nothing was kept
  }
}
