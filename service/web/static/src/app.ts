// On every page: htmx with the CSRF header, the menu on a phone, "take back" by key.
import htmx from "htmx.org";
import { csrfToken, post, Refused, text } from "./http";
import { isTyping } from "./keys";
import { toast } from "./toast";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

window.htmx = htmx;
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

document.addEventListener("htmx:configRequest", (event) => {
  (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRF-Token"] =
    csrfToken();
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  let message = `${text("refused")} (${xhr.status})`;
  try {
    message = (JSON.parse(xhr.responseText) as { error: { message: string } }).error.message;
  } catch {
    // a page, not the error shape: the status says enough
  }
  toast(message, "bad");
});

document.addEventListener("htmx:sendError", () => toast(text("offline"), "bad"));

// What is heavy comes only with the part of a page that needs it, also with one that comes later.
function loadScripts(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-script]")) {
    const script = document.createElement("script");
    script.src = part.dataset["script"] ?? "";
    delete part.dataset["script"];
    if (!document.querySelector(`script[src="${script.getAttribute("src") ?? ""}"]`))
      document.head.append(script);
  }
}
loadScripts();
document.addEventListener("htmx:afterSettle", loadScripts);

// A table wider than the screen is scrolled by key as well: only while it is, it takes the focus.
function markScrolled(): void {
  for (const part of document.querySelectorAll<HTMLElement>(".scroll")) {
    const wide = part.scrollWidth > part.clientWidth;
    if (wide) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}
markScrolled();
window.addEventListener("resize", markScrolled);
document.addEventListener("toggle", markScrolled, true);
document.addEventListener("htmx:afterSettle", markScrolled);

// Filters act at once; without a script the form still has its button.
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-auto]")) {
  form.addEventListener("change", () => form.submit());
}

// Z takes back one's own last verdict on every page that says so (also after leaving the queue).
if (document.body.dataset["undo"] === "page") {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || event.altKey || event.metaKey || isTyping(event.target))
      return;
    event.preventDefault();
    post<{ message: string }>("/api/v1/decisions/undo-last", {})
      .then((answer) => {
        toast(answer.message);
        window.setTimeout(() => window.location.reload(), 500);
      })
      .catch((error: unknown) => {
        if (error instanceof Refused) toast(error.message, "bad");
        else throw error;
      });
  });
}

// Tick all of a list at once; with shift all between two ticks.
let lastTick: HTMLInputElement | undefined;
document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || !box.form) return;
  const all = box.dataset["all"];
  const name = all ?? box.name;
  const boxes = [...box.form.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${name}"]`)];
  if (all !== undefined) {
    for (const each of boxes) each.checked = box.checked;
  } else if (event.shiftKey && lastTick && boxes.includes(lastTick)) {
    const ends = [boxes.indexOf(lastTick), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const each of boxes.slice(ends[0], (ends[1] ?? 0) + 1)) each.checked = box.checked;
  }
  lastTick = box;
});
