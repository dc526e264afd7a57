"use strict";
// Says whether the page is live, shows what went wrong with a request, and puts the focus where a link leads.
(() => {
  const link = () => document.querySelector("#link");
  const live = (on, words) => {
    if (!link()) return;
    link().classList.toggle("on", on);
    const text = link().querySelector(".words");
    if (text.textContent !== words) text.textContent = words;
  };
  const say = (words) => {
    const told = document.querySelector("#told");
    if (!told) return;
    const toast = document.createElement("div");
    toast.className = "toast bad";
    const text = document.createElement("p");
    text.textContent = words;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "quiet";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", "Dismiss this message");
    close.textContent = "✕";
    toast.append(text, close);
    told.replaceChildren(toast);
  };
  const forPeople = (event) => event.detail.requestConfig && event.detail.requestConfig.verb !== "get";

  document.addEventListener("htmx:sseOpen", () => live(true, "live"));
  document.addEventListener("htmx:sseError", () => live(false, "not live, trying again"));
  document.addEventListener("htmx:sseClose", () => live(false, "not live"));
  document.addEventListener("htmx:sendError", (event) => {
    if (forPeople(event)) say("Linekeeper does not answer. PBXs and numbers stay as they are; look before you repeat it.");
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (!forPeople(event)) return;
    say(event.detail.xhr.status === 403
      ? "Nothing was changed: this login may not do that, or the page was open for too long. Reload it and try again."
      : "That did not work. Whether anything was changed is in the journal.");
  });
  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.parentElement.remove();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#told [data-dismiss]")?.click();
  });
  // What went well is in the journal too; what went wrong stays until somebody has read it.
  document.addEventListener("htmx:afterSwap", (event) => {
    const toast = event.detail.target.id === "told" && event.detail.target.querySelector(".toast.ok");
    if (toast) setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), 15000);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.requestConfig?.elt?.dataset.goes === "divert") {
      document.querySelector("#divert").scrollIntoView({ block: "nearest" });
      document.querySelector("#to").focus();
    }
  });
})();
