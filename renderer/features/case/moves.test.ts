import { describe, expect, it } from 'vitest';
import { CaseStatus, canMove } from '#model/case-status';
import { missingFor, movesOf } from './moves.ts';

describe('missingFor', () => {
  const nothing = { grounds: [], reason: ' ', identity: false };
  it('lets no refusal through without a ground and a reason', () => {
    expect(missingFor('refused', nothing)).toEqual(['ground', 'reason']);
    expect(missingFor('refused', { ...nothing, grounds: ['R01'], reason: 'no paper' })).toEqual([]);
  });
  it('hands nothing over before the identity was checked', () => {
    expect(missingFor('issued', nothing)).toEqual(['identity']);
  });
  it('asks nothing of an ordinary step', () => {
    expect(missingFor('in-process', nothing)).toEqual([]);
  });
});

describe('movesOf', () => {
  const all = (): boolean => true;
  it('offers what the table of statuses allows and nothing else', () => {
    for (const from of CaseStatus.options) {
      const offered = movesOf(all, from).map((move) => move.to);
      expect(offered.toSorted()).toEqual(CaseStatus.options.filter((to) => canMove(from, to)).toSorted());
    }
  });
  it('puts the usual step first', () => {
    expect(movesOf(all, 'new')[0]).toEqual({
      to: 'in-process',
      name: 'in-process',
      usual: true,
      asks: false,
    });
    expect(movesOf(all, 'ready')[0]).toEqual({
      to: 'issued',
      name: 'issued',
      usual: true,
      asks: true,
    });
  });
  it('asks before everything that cannot be taken back', () => {
    const asked = movesOf(all, 'new').filter((move) => move.asks);
    expect(asked.map((move) => move.to)).toEqual(['returned', 'refused', 'cancelled']);
  });
  it('offers nobody what he has no right to', () => {
    expect(movesOf(() => false, 'new')).toEqual([]);
    const withoutRefusal = movesOf((right) => right === 'case.move', 'new').map((move) => move.to);
    expect(withoutRefusal).not.toContain('refused');
    expect(withoutRefusal).toContain('in-process');
  });
});
