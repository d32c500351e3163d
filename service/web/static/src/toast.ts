// A short notice at the foot of the page, read out by screen readers.

let timer = 0;

export function toast(message: string, kind: "ok" | "bad" = "ok"): void {
  const box = document.getElementById("toast");
  if (!box) return;
  box.textContent = message;
  box.dataset["kind"] = kind;
  box.hidden = false;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => (box.hidden = true), kind === "bad" ? 8000 : 3000);
}
