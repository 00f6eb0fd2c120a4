// Everything works without this file: it adds keys, a help dialog and small comforts.
import { keys } from "./keys.js";
import { forms } from "./forms.js";
import { lists } from "./lists.js";
import { find } from "./find.js";
import { drafts } from "./draft.js";
import { call } from "./call.js";
import { queue } from "./queue.js";
import { forgetShortcuts } from "./shortcuts.js";

document.documentElement.classList.add("an-js");
keys();
forms();
lists();
find();
drafts();
call();
queue();
forgetShortcuts();
