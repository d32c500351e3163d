// What browsers of 2020 lack.

/** `Element.replaceChildren`, which Chromium has from 86 on. */
export function fill(parent: Element, ...nodes: (Node | string)[]): void {
  parent.textContent = "";
  parent.append(...nodes);
}
