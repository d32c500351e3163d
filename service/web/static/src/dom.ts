// What browsers of 2020 lack, and two words that every page needs.

/** `Element.replaceChildren`, which Chromium has from 86 on. */
export function fill(parent: Element, ...nodes: (Node | string)[]): void {
  parent.textContent = "";
  parent.append(...nodes);
}

export function must(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`#${id} is missing`);
  return element;
}

/** Show a command's button as pressed or not. */
export function press(name: string, on: boolean): void {
  document.querySelector(`[data-do=${name}]`)?.setAttribute("aria-pressed", String(on));
}
