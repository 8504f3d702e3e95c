import { expect, test } from 'vitest';
import { createSealedForm, plainForm } from './stored-row.ts';
import { createTextSealer } from './text-sealer.ts';

const { toStored, toWhole } = plainForm;
const KEPT = { key: '1', caseId: 'a' };

test.each([
  ['plain', { note: 'Gʻafur "Oʻtkir" \\u02bb' }],
  ['another script', { note: 'Кўрилди ва қабул қилинди', кўча: 'Навоий' }],
  ['outside of every plane', { note: '🙂 \ud83d half, \u2028, \u0000', list: [1, null, { deep: 'ў' }] }],
])('%s: a row is the same when it comes back', (_, event) => {
  const stored = toStored({ ...KEPT, event });
  expect(typeof stored.event).toBe('string');
  expect(toWhole(stored)).toEqual({ ...KEPT, event });
});

test('a few wide letters do not double the room of all others', () => {
  const { doc } = toStored({
    id: '1',
    doc: { surname: 'Gʻulomov', givenName: 'Oʻtkir', patronymic: 'Aziz oʻgʻli' },
  });
  expect([...(doc as string)].every((it) => it < '\u0100')).toBe(true);
});

test('a text that is none of ours comes back as nothing, and a row that is whole as it is', () => {
  expect(toWhole({ ...KEPT, event: '{"torn":' })).toEqual({ ...KEPT, event: {} });
  expect(toWhole({ ...KEPT, event: { at: 1 } })).toEqual({ ...KEPT, event: { at: 1 } });
  expect(toStored({ id: '1', kind: 'value' })).toEqual({ id: '1', kind: 'value' });
});

test('a sealed row opens with its own columns alone, in its own table', async () => {
  const sealer = await createTextSealer(new Uint8Array(32));
  const cases = createSealedForm('cases', sealer);
  const row = { id: 'a', seq: 1, shelf: 'open', doc: { surname: 'Каримова' } };
  const stored = await cases.toStored({ ...row, _rev: '1', _meta: { lwt: 1 } });
  expect(JSON.stringify(stored)).not.toContain('surname');

  // What RxDB writes beside them is not known when it is sealed; the order of columns is the disk's.
  const { doc, ...columns } = stored;
  expect(await cases.toWhole({ doc, ...columns, _rev: '2' })).toEqual({
    ...row,
    _rev: '2',
    _meta: { lwt: 1 },
  });
  for (const change of [
    { id: 'b' },
    { seq: 2 },
    { shelf: 'closed' },
    { conflicts: 'yes' },
    { doc: '{"at":1}' },
  ])
    expect(await cases.toWhole({ ...stored, ...change })).toMatchObject({ ...change, doc: {} });
  expect(await createSealedForm('events', sealer).toWhole(stored)).toMatchObject({ doc: {} });
});
