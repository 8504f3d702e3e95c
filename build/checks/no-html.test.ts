import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['renderer', 'sync/replica', 'sync/model', 'main/browser', 'main/electron'];

/** Ways by which a name, a note or a text of the catalogue would become part of a page or be run. */
const WAYS =
  /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|javascript:|\beval\(|new Function\(|<Trans\b|setHTMLUnsafe/;

test('nowhere on the screens does a text become HTML or code', () => {
  const found = folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((it) => /\.(tsx?|html)$/.test(it) && !/\.(test|fixture)\.tsx?$/.test(it))
      .filter((it) => WAYS.test(readFileSync(`${root}${folder}/${it}`, 'utf8')))
      .map((it) => `${folder}/${it}`),
  );
  expect(found).toEqual([]);
});
