// Saves a section in the background and lets the server say which questions are asked now.
// Every page works without this file; nothing is decided here.
(function () {
  "use strict";
  const form = document.querySelector("form[data-section]");
  if (!form || !window.fetch || !window.DOMParser || !window.URLSearchParams) return;
  const state = form.querySelector("[data-state]");
  const PAUSE = 1500;
  let timer = 0, running = false, again = false, stopped = false, left = false;

  const say = (text) => { state.textContent = text; };
  const all = (root, name) => Array.from(root.querySelectorAll("[" + name + "]"));
  const find = (root, name, value) => all(root, name).find((node) => node.getAttribute(name) === value);
  // Where a form is sent, without the way back that its query carries.
  const address = (any) => any.getAttribute("action").split("?")[0];
  const clock = () => new Date().toLocaleTimeString("pl-PL", { hour: "2-digit", minute: "2-digit" });

  // What may come and go as a whole: a question, a group, a list. Entries of lists stay as the person sees them.
  const PARTS = "[data-field], [data-block]:not(.entry)";
  const kind = (node) => (node.hasAttribute("data-field") ? "data-field" : "data-block");
  const twin = (root, node) => find(root, kind(node), node.getAttribute(kind(node)));
  const around = (part) => part.parentElement.closest("[data-block]");

  // Puts in a part that the server now asks for, beside the same neighbour as on its page.
  function insert(part) {
    const block = around(part);
    if (block && !twin(form, block)) return;
    const copy = document.importNode(part, true);
    for (const [step, put] of [["previousElementSibling", "after"], ["nextElementSibling", "before"]]) {
      for (let beside = part[step]; beside; beside = beside[step]) {
        const known = (beside.matches(PARTS) || beside.matches(".entry")) && twin(form, beside);
        if (known) { known[put](copy); return; }
      }
    }
  }

  function follow(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-section]");
    if (!fresh || address(fresh) !== address(form)) return false;
    for (const part of form.querySelectorAll(PARTS)) {
      const drawn = !around(part) || twin(fresh, around(part));
      if (drawn && !twin(fresh, part) && !part.contains(document.activeElement)) part.remove();
    }
    for (const part of fresh.querySelectorAll(PARTS)) {
      if (!twin(form, part)) insert(part);
    }
    // An entry that is stored by now says so and can be removed.
    for (const entry of fresh.querySelectorAll(".entry")) {
      const mine = twin(form, entry), acts = entry.querySelector(":scope > .acts");
      if (!mine) continue;
      mine.firstElementChild.replaceWith(document.importNode(entry.firstElementChild, true));
      if (acts && !mine.querySelector(":scope > .acts")) mine.append(document.importNode(acts, true));
    }
    for (const shown of all(fresh, "data-shown")) {
      const mine = find(form, "data-shown", shown.getAttribute("data-shown"));
      if (mine && mine.textContent !== shown.textContent) mine.textContent = shown.textContent;
    }
    return fresh;
  }

  const post = (button, value) => {
    const body = new URLSearchParams(new FormData(form));
    body.append(button, value);
    const headers = { "X-Requested-With": "miernik" };
    return fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin", headers });
  };

  // Adds a blank entry to a list, or leads to the one that is still blank.
  async function add(button) {
    clearTimeout(timer);
    try {
      const answer = await post("_add", button.value);
      const fresh = answer.ok && follow(await answer.text());
      const entries = (root) => [...find(root, "data-block", button.value).querySelectorAll(".entry")];
      const last = fresh && entries(fresh).pop();
      let blank = fresh && entries(form).find((entry) => !twin(fresh, entry));
      if (!blank && !twin(form, last)) {
        blank = document.importNode(last, true);
        entries(form).pop().after(blank);
      }
      blank.querySelector("input:not([type=hidden]), select, textarea").focus();
    } catch (failed) {
      leave();
      form.requestSubmit(button);
    }
  }

  async function save() {
    if (running) { again = true; return; }
    running = true;
    try {
      const answer = await post("_save", "1");
      if (left) return;
      if (answer.status === 401 || answer.status === 403 || answer.status === 409) {
        stopped = true;
        say("Nie udało się zapisać w tle. Proszę użyć przycisku „Zapisz i przejdź dalej”.");
      } else if (answer.ok && follow(await answer.text())) {
        say("Zapisano o godz. " + clock() + ".");
      } else {
        say("Nie udało się zapisać w tle. Spróbujemy ponownie po kolejnej zmianie.");
      }
    } catch (lost) {
      if (!left) say("Brak połączenia. Odpowiedzi z tej strony nie są jeszcze zapisane.");
    }
    running = false;
    if (again && !stopped) { again = false; save(); }
  }

  function changed() {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("change", changed);
  form.addEventListener("input", changed);
  const leave = () => { left = true; stopped = true; clearTimeout(timer); };
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name !== "_add" || stopped) return leave();
    event.preventDefault();
    add(button);
  });
})();
