// Small helpers to build the panels.

let words: Record<string, string> | undefined;

export function w(key: string, values: Record<string, string | number> = {}): string {
  if (words === undefined) {
    const element = document.getElementById("editor-words");
    words = JSON.parse(element?.textContent ?? "{}") as Record<string, string>;
  }
  let out = words[key] ?? key;
  for (const [name, value] of Object.entries(values)) out = out.replace(`{${name}}`, String(value));
  return out;
}

type Child = Node | string | undefined | false;

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number | boolean | EventListener | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else element.setAttribute(key, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

export function button(words: string, act: () => void, kind = "btn btn-small"): HTMLButtonElement {
  return h("button", { type: "button", class: kind, onclick: act }, words);
}

export function field(label: string, control: HTMLElement): HTMLLabelElement {
  return h("label", {}, h("span", {}, label), control);
}

export function input(
  value: string | number | undefined,
  change: (value: string) => void,
  more: Record<string, string | number | boolean> = {},
): HTMLInputElement {
  const element = h("input", { type: "text", ...more });
  element.value = value === undefined || value === null ? "" : String(value);
  element.addEventListener("input", () => (element.dataset["typing"] = "true"));
  element.addEventListener("change", () => {
    delete element.dataset["typing"];
    change(element.value.trim());
  });
  // typed and taken back to what it was: no change is told, but the typing is over
  element.addEventListener("blur", () => delete element.dataset["typing"]);
  return element;
}

export function choice(
  options: [string, string][],
  value: string,
  change: (value: string) => void,
  more: Record<string, string> = {},
): HTMLSelectElement {
  const element = h("select", more);
  for (const [id, name] of options) element.append(h("option", { value: id }, name));
  element.value = value;
  element.addEventListener("change", () => change(element.value));
  return element;
}

export function tick(
  label: string,
  on: boolean,
  change: (on: boolean) => void,
): HTMLLabelElement {
  const box = h("input", { type: "checkbox" });
  box.checked = on;
  box.addEventListener("change", () => change(box.checked));
  return h("label", { class: "tick" }, box, h("span", {}, label));
}
