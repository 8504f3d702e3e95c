import { useEffect, useRef } from 'react';
import { looksLikeMrz, parseMrz } from '#model/identity/mrz';
import { createScanBurst, type Scanned } from './scan-burst.ts';

const END_MS = 300;
// Between the lines of a document a reader, or a busy computer, may take its time.
const END_OF_LINES_MS = 1_500;

type Held = { element: HTMLInputElement | HTMLTextAreaElement; value: string };

/**
 * Catches a document's lines wherever the focus is, pasted or typed by a reader, before they land in a field.
 *
 * What a reader sent that is no such lines is given to the field it was meant for.
 */
export function useScannedMrz(onMrz: (text: string) => void): void {
  const handler = useRef(onMrz);
  useEffect(() => {
    handler.current = onMrz;
  });

  useEffect(() => {
    const burst = createScanBurst<Held | null>();
    let field: Element | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const end = (): void => {
      const lines = settle(burst.end() ?? []);
      if (lines !== null) handler.current(lines);
    };

    const hearKey = (event: KeyboardEvent): void => {
      const char = charOf(event);
      if (char === null) return;
      const held = holdFocused();
      // Keys of two fields are never one burst, until a burst has begun.
      if (!burst.isScanning && held?.element !== field) burst.end();
      field = held?.element;
      const answer = burst.press(char, event.timeStamp, held);
      if (answer.verdict === 'type') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (answer.verdict === 'take-back') takeBack(answer.to);
      clearTimeout(timer);
      timer = setTimeout(end, isUnfinished(burst.soFar()) ? END_OF_LINES_MS : END_MS);
    };

    const hearPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const isOwnBox = event.target instanceof HTMLElement && event.target.matches('[data-mrz-box]');
      if (isOwnBox || !looksLikeMrz(text)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      handler.current(text);
    };

    window.addEventListener('keydown', hearKey, true);
    window.addEventListener('paste', hearPaste, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', hearKey, true);
      window.removeEventListener('paste', hearPaste, true);
    };
  }, []);
}

// Readers send the keys of a US keyboard; under a Russian or Uzbek layout the place is right, not the letter.
function charOf(event: KeyboardEvent): string | null {
  if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return null;
  if (event.key === 'Enter') return '\n';
  if (event.key.length !== 1) return null;
  if (/^[\x20-\x7e]$/.test(event.key)) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter !== undefined) return letter;
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit !== undefined && !event.shiftKey) return digit;
  return event.code === 'Comma' && event.shiftKey ? '<' : event.key;
}

function holdFocused(): Held | null {
  const element = document.activeElement;
  const isText = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
  return isText && element.type !== 'radio' && element.type !== 'checkbox'
    ? { element, value: element.value }
    : null;
}

function isUnfinished(text: string): boolean {
  return text.includes('<') && parseMrz(text).outcome !== 'read';
}

/** Takes a document's lines out of a burst that is over; anything else goes where it was meant to. */
function settle(scanned: readonly Scanned<Held | null>[]): string | null {
  const lines =
    scanned.find((it) => parseMrz(it.text).outcome === 'read') ?? scanned.find((it) => looksLikeMrz(it.text));
  const known = scanned[0];
  if (lines === undefined) {
    if (known !== undefined) giveBack(known.text, known.held);
    return null;
  }
  takeBack(lines.held);
  return lines.text;
}

function takeBack(held: Held | null): void {
  if (held !== null) write(held.element, held.value);
}

function giveBack(text: string, held: Held | null): void {
  if (held === null || !held.element.isConnected) return;
  write(held.element, held.value + text.replace(/\n+$/, '').replace(/\n/g, ' '));
}

// React listens to the setter of the prototype; assigning `value` alone would be unseen.
function write(element: Held['element'], value: string): void {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
