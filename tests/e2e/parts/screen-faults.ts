import type { Page } from 'playwright-core';
import type { Language } from '#model/local-text';
import en from '../../../renderer/i18n/en.json';

/** What is the same in every language: codes, keys of the keyboard, names of formats. */
const SAME_EVERYWHERE =
  /\b(Darcha|PDF|CSV|PIN|ID|IT|F\d|Ctrl|Alt|Esc|Enter|Shift|PageUp|PageDown|[A-Z]{3}(-\d\d)?|ws-[A-Z0-9]+|AA\d{7}|https?:\S+|\S+\.pdf|SMS|QR|ko|kB|MB)\b|\b[A-Z]h?\./g;

/** What a designer would be ashamed of: clipped text, text beyond the window, keys, words of another language. */
export async function findScreenFaults(
  page: Page,
  language: Language,
  names: readonly string[],
): Promise<string[]> {
  const seen = await page.evaluate(lookAround);
  const faults = [...seen.faults];
  if (seen.lang !== language) faults.push(`the page says it is in ${seen.lang}`);
  for (const text of seen.texts) {
    const key = text.match(/[\w-]+(?:\.[\w-]+)+/g)?.find((it) => KEYS.has(it));
    if (key !== undefined) faults.push(`a raw key: ${key}`);
    if (text.includes('{{')) faults.push(`an empty place: ${text}`);
    const foreign = foreignWord(text, language, names);
    if (foreign !== undefined) faults.push(`a word of another script: ${foreign} (${text})`);
  }
  return [...new Set(faults)];
}

const KEYS = new Set(Object.keys(en).map((it) => it.replace(/_(one|few|many|other)$/, '')));

function foreignWord(text: string, language: Language, names: readonly string[]): string | undefined {
  const own = names.reduce((rest, name) => rest.replaceAll(name, ' '), text).replace(SAME_EVERYWHERE, ' ');
  const isCyrillic = language === 'ru' || language === 'uz-Cyrl';
  return (isCyrillic ? /\p{Script=Latin}{2,}/u : /\p{Script=Cyrillic}+/u).exec(own)?.[0];
}

/** Runs in the page. */
function lookAround(): { faults: string[]; texts: string[]; lang: string } {
  const faults: string[] = [];
  const texts: string[] = [];
  const SLACK = 1.5;

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
    if (parent === null || text === '' || !parent.checkVisibility({ visibilityProperty: true })) continue;
    if (parent.closest('script, style, option, [lang]') === document.documentElement) texts.push(text);
    const range = document.createRange();
    range.selectNodeContents(node);
    checkPlace(parent, text, [...range.getClientRects()]);
    checkWords(node, parent);
  }
  for (const input of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
    if (!input.checkVisibility()) continue;
    if (input.placeholder === '') continue;
    texts.push(input.placeholder);
    checkRoom(input, input.placeholder);
  }
  for (const select of document.querySelectorAll('select')) {
    checkRoom(select, select.selectedOptions[0]?.textContent ?? '');
  }
  for (const element of document.querySelectorAll('[title], [aria-label]')) {
    if (element.closest('[lang]') !== document.documentElement || element.closest('[aria-hidden=true]'))
      continue;
    texts.push(element.getAttribute('title') ?? '', element.getAttribute('aria-label') ?? '');
  }
  for (const element of [document.documentElement, document.querySelector('main')]) {
    if (element !== null && element.scrollWidth > element.clientWidth + SLACK) {
      faults.push(`<${element.localName}> scrolls sideways: ${element.scrollWidth} > ${element.clientWidth}`);
    }
  }
  return { faults, texts, lang: document.documentElement.lang };

  /** From the text outwards: whatever cuts off what is beyond it, up to what scrolls or to the window. */
  function checkPlace(from: Element, text: string, rects: DOMRect[]): void {
    const [left, right] = [Math.min(...rects.map((it) => it.left)), Math.max(...rects.map((it) => it.right))];
    const [top, bottom] = [Math.min(...rects.map((it) => it.top)), Math.max(...rects.map((it) => it.bottom))];
    // A button that is busy has moved its words away on purpose.
    if (rects.length === 0 || right < 0 || from.closest('[data-loading]') !== null) return;
    const [clips, scrolls] = [/hidden|clip/, /auto|scroll/];
    let [isX, isY] = [true, true];
    for (let at: Element | null = from; at !== null && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      // Said to those who do not see the screen.
      if (box.width <= 2 || box.height <= 2 || style.position === 'fixed') return;
      const isNamed = at.closest('[title]') !== null;
      if (isX && clips.test(style.overflowX) && (left < box.left - SLACK || right > box.right + SLACK)) {
        if (!isNamed) faults.push(`clipped in width: ${text}`);
        return;
      }
      // A line box may be a little higher than its letters.
      if (isY && clips.test(style.overflowY) && (top < box.top - 4 || bottom > box.bottom + 4)) {
        if (!isNamed) faults.push(`clipped in height: ${text}`);
        return;
      }
      isX &&= !scrolls.test(style.overflowX);
      isY &&= !scrolls.test(style.overflowY);
    }
    if (isX && (left < -SLACK || right > innerWidth + SLACK)) faults.push(`beyond the window: ${text}`);
    if (isY && (top < -SLACK || bottom > innerHeight + SLACK)) faults.push(`below the window: ${text}`);
  }

  /** A word goes on in the next line only where it has a sign to be parted at. */
  function checkWords(node: Node, parent: Element): void {
    if (parent.closest('textarea') !== null) return;
    for (const word of (node.textContent ?? '').matchAll(/\p{L}{3,}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((it) => Math.round(it.top))).size > 1) {
        faults.push(`a word in two lines: ${word[0]}`);
      }
    }
  }

  function checkRoom(input: HTMLElement, text: string): void {
    const style = getComputedStyle(input);
    const pen = document.createElement('canvas').getContext('2d');
    if (pen === null) return;
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const room =
      input.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const wanted = pen.measureText(text).width;
    if (wanted > room + SLACK && !input.hasAttribute('title')) {
      faults.push(`no room for "${text}": ${Math.round(wanted)} > ${Math.round(room)}`);
    }
  }
}
