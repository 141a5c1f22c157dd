// A judgement from the keyboard: a digit chooses in the group that has the focus and moves on to the next group; the
// last group's sends the form. It works only while a group has the focus, so no shortcut surprises anybody.
// The band that the tests propose is shown as soon as they are answered. Every form posts without this file.
"use strict";

(() => {
  const TESTS = ["has_owner", "is_consistent", "documents"];

  const forms = () => document.querySelectorAll("form[data-judgement]");
  const groupsOf = (form) => [...form.querySelectorAll("[data-keys]")];
  const radiosOf = (group) => [...group.querySelectorAll('input[type="radio"]')];

  // The percents of the proposed band, lowest and highest; null while a test is open.
  function proposed(form) {
    const bands = JSON.parse(form.dataset.bands || "{}");
    const said = TESTS.map((name) => form.querySelector(`input[name="${name}"]:checked`)?.value || "");
    return bands[said.join(" ")] || null;
  }

  // What the digits choose from: of percents those of the proposed band, without one the tens; else every choice.
  function keyed(form, group) {
    if (!("percent" in group.dataset)) return radiosOf(group);
    const band = proposed(form);
    const fits = (value) => (band ? value >= band[0] && value <= band[1] : value % 10 === 0 && value > 0 && value < 100);
    return radiosOf(group).filter((radio) => fits(Number(radio.value)));
  }

  // Say the band in words, mark its percents, and write on each choice which digit chooses it.
  function show(form) {
    const band = proposed(form);
    const words = form.querySelector("[data-band]");
    if (words) {
      words.hidden = !band;
      words.textContent = band ? words.dataset.band.replace("[low]", band[0]).replace("[high]", band[1]) : "";
    }
    for (const group of groupsOf(form)) {
      const choices = keyed(form, group);
      for (const radio of radiosOf(group)) {
        const place = choices.indexOf(radio);
        const label = radio.closest("label");
        label.dataset.key = place < 0 ? "" : String(place + 1);
        label.classList.toggle("choice--proposed", "percent" in group.dataset && band !== null && place >= 0);
      }
    }
  }

  function goOn(form, group) {
    const all = groupsOf(form);
    const next = all[all.indexOf(group) + 1];
    if (!next) return false;
    (next.querySelector("textarea, input:checked") || radiosOf(next)[0]).focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !/^[1-9]$/.test(event.key)) return;
    const group = event.target.matches('input[type="radio"]') && event.target.closest("form[data-judgement] [data-keys]");
    if (!group) return;
    const form = group.closest("form");
    const chosen = keyed(form, group)[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    show(form);
    if (goOn(form, group)) chosen.dispatchEvent(new Event("change", { bubbles: true }));
    else form.requestSubmit();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-judgement]");
    if (form) show(form);
  });
  document.addEventListener("htmx:afterSettle", () => forms().forEach(show));
  forms().forEach(show);
})();
