// Single-key commands: never while typing, never with a modifier but Ctrl+Z.

export type Commands = Record<string, () => void>;

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}

export function listen(commands: () => Commands): void {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey && key !== "z") return;
    if (isTyping(event.target) && key !== "Escape") return;
    // A focused button or link does its own thing on Enter and Space.
    const onControl = event.target instanceof Element && event.target.closest("a, button, summary");
    if (onControl && (key === "Enter" || key === " ")) return;
    const command = commands()[key];
    if (command) {
      event.preventDefault();
      command();
    }
  });
}
