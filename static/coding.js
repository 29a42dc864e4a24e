// Keys of the coding workbench: j and k go from answer to answer, the key of a code ticks it, Enter saves.
// Every page works without this file; the fields and buttons are ordinary ones.
(function () {
  "use strict";
  const answers = Array.from(document.querySelectorAll("[data-answer]"));
  if (!answers.length) return;

  const here = () => answers.findIndex((one) => one.contains(document.activeElement));

  function go(place) {
    const one = answers[Math.max(0, Math.min(place, answers.length - 1))];
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "start" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target, at = here();
    if (target.matches("input[type=text], textarea, select")) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      go(at < 0 ? 0 : at + (event.key === "j" ? 1 : -1));
      return;
    }
    if (at < 0) return;
    const form = answers[at].querySelector("form");
    if (!form) return;
    if (event.key === "Enter") {
      // Buttons, links and summaries keep their own meaning.
      if (target !== answers[at] && !target.matches("input[type=checkbox]")) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=jedna]"));
      return;
    }
    const box = Array.from(form.querySelectorAll("[data-key]")).find((one) => one.dataset.key === event.key);
    if (box) {
      event.preventDefault();
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  // After saving, the address names the answer that comes next.
  const next = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (next && next.matches("[data-answer]")) go(answers.indexOf(next));
})();
