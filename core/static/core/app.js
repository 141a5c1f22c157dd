// The little that needs script: menus that close, messages that go away, the browser's time zone, htmx failures said
// out loud.
// Every page and form works without this file.
"use strict";

(() => {
  const toasts = () => document.getElementById("messages");

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".toast").remove();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (!open) return;
    closeMenus();
    open.querySelector("summary").focus();
  });

  // On a phone the tabs scroll: the current one shall be in sight. Without script they are where they were.
  for (const tabs of document.querySelectorAll(".tabs")) {
    const current = tabs.querySelector("[aria-current]");
    if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
  }

  // Who signs in for the first time gets this zone; the server checks the name and keeps what somebody chose.
  for (const field of document.querySelectorAll("[data-browser-zone]")) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  }

  // A failed fragment would otherwise fail in silence: show the sentence the page carries for it.
  function sayFailure() {
    const template = document.getElementById("failure");
    if (!template || toasts().querySelector("[data-failure]")) return;
    toasts().append(template.content.cloneNode(true));
  }

  document.addEventListener("htmx:sendError", sayFailure);
  document.addEventListener("htmx:timeout", sayFailure);
  document.addEventListener("htmx:responseError", (event) => {
    if (!event.detail.xhr.responseText.includes("hx-swap-oob")) sayFailure();
  });
})();
