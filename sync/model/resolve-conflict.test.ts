import { expect, test } from 'vitest';
import { EventBody } from './case-event.ts';
import { newId } from './new-id.ts';
import { settleConflict } from './resolve-conflict.ts';

test('settling is an ordinary event that names the conflict and the choice', () => {
  const event = settleConflict({ id: 'b-1/applicant.surname', field: 'applicant.surname' }, 'offered');
  expect(event).toEqual({
    type: 'conflict.settled',
    body: { conflictId: 'b-1/applicant.surname', field: 'applicant.surname', choice: 'offered' },
  });
  expect(EventBody.parse(event)).toEqual(event);
});

test('ids differ, and those made later sort later', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect([new Set(ids).size, ids.toSorted()]).toEqual([1000, ids]);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
