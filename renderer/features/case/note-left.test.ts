import { expect, it } from 'vitest';
import { noteLeft } from './note-left.ts';

it('leaves nothing of a note that was recorded as it stands', () => {
  expect(noteLeft('Called him', 'Called him')).toBe('');
  expect(noteLeft('Called him \n', 'Called him')).toBe('');
});

it('keeps what was typed while the note was being recorded', () => {
  expect(noteLeft('Called him\nhe comes at ten', 'Called him')).toBe('he comes at ten');
  expect(noteLeft('Called her', 'Called him')).toBe('Called her');
});
