// On a narrow screen there is nothing beside the list: a title then opens the item's own page, as it does without script.
"use strict";

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.detail.elt;
  if (!link.matches("[data-beside]")) return;
  const beside = document.getElementById("beside");
  if (beside && getComputedStyle(beside).display !== "none") return;
  event.preventDefault();
  window.location.assign(link.href);
});
