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

  // The nearest list, entry or group that both pages have; the form itself outside of them.
  function place(field, fresh) {
    const block = field.parentElement.closest("[data-block]");
    if (!block || !fresh.contains(block)) return form;
    return find(form, "data-block", block.getAttribute("data-block"));
  }

  // Puts in a question that the server now asks, after the same neighbour as on its page.
  function insert(field, fresh) {
    if (!place(field, fresh)) return;
    const copy = document.importNode(field, true);
    let before = field.previousElementSibling;
    while (before) {
      const name = before.hasAttribute("data-field") ? "data-field" : "data-block";
      const known = before.getAttribute(name) && find(form, name, before.getAttribute(name));
      if (known) { known.after(copy); return; }
      before = before.previousElementSibling;
    }
    let after = field.nextElementSibling;
    while (after) {
      const name = after.hasAttribute("data-field") ? "data-field" : "data-block";
      const known = after.getAttribute(name) && find(form, name, after.getAttribute(name));
      if (known) { known.before(copy); return; }
      after = after.nextElementSibling;
    }
  }

  function follow(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-section]");
    if (!fresh || address(fresh) !== address(form)) return false;
    for (const field of all(form, "data-field")) {
      const gone = !find(fresh, "data-field", field.getAttribute("data-field"));
      const block = field.parentElement.closest("[data-block]");
      const drawn = !block || find(fresh, "data-block", block.getAttribute("data-block"));
      if (gone && drawn && !field.contains(document.activeElement)) field.remove();
    }
    for (const field of all(fresh, "data-field")) {
      if (!find(form, "data-field", field.getAttribute("data-field"))) insert(field, fresh);
    }
    for (const shown of all(fresh, "data-shown")) {
      const mine = find(form, "data-shown", shown.getAttribute("data-shown"));
      if (mine && mine.textContent !== shown.textContent) mine.textContent = shown.textContent;
    }
    return true;
  }

  async function save() {
    if (running) { again = true; return; }
    running = true;
    const body = new URLSearchParams(new FormData(form));
    body.append("_save", "1");
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "miernik" },
      });
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
  form.addEventListener("submit", () => { left = true; stopped = true; clearTimeout(timer); });
})();
