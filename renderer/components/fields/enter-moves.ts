import type { KeyboardEvent } from 'react';

const STOPS = 'input, textarea, select, [data-enter-stop]';

/**
 * Enter goes to the next field, Shift+Enter to the one before; Ctrl+Enter leaves a field of several lines.
 *
 * For the element around the fields. An option taken with Enter from a list goes on as well.
 */
export function enterMoves(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target;
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(from instanceof HTMLElement)) return;
  if (!from.matches(STOPS)) return;
  const tookOption = event.defaultPrevented && from.getAttribute('aria-haspopup') === 'listbox';
  if (event.defaultPrevented && !tookOption) return;
  if (from instanceof HTMLTextAreaElement && !event.ctrlKey) return;
  event.preventDefault();
  const around = event.currentTarget;
  const step = event.shiftKey ? -1 : 1;
  // An option taken may open the field after it: a region its districts.
  if (tookOption) setTimeout(() => moveFocus(around, from, step), 0);
  else moveFocus(around, from, step);
}

function moveFocus(around: HTMLElement, from: HTMLElement, step: number): void {
  const stops = stopsIn(around, from);
  const next = stops[stops.indexOf(from) + step];
  next?.focus();
  if (next instanceof HTMLInputElement && next.type !== 'radio' && next.type !== 'checkbox') next.select();
}

function stopsIn(around: HTMLElement, from: HTMLElement): HTMLElement[] {
  const radios = new Map<string, HTMLInputElement>();
  const all = [...around.querySelectorAll<HTMLElement>(STOPS)].filter(isReachable);
  for (const it of all) {
    if (!isRadio(it)) continue;
    const held = radios.get(it.name);
    if (held === undefined || (it.checked && held !== from) || it === from) radios.set(it.name, it);
  }
  return all.filter((it) => !isRadio(it) || radios.get(it.name) === it);
}

function isReachable(element: HTMLElement): boolean {
  if (element.matches(':disabled, [type=hidden], [type=file], [tabindex="-1"]')) return false;
  return element.getClientRects().length > 0;
}

function isRadio(element: HTMLElement): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.type === 'radio';
}
