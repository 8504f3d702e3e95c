import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import type { CaseList } from '../../data/use-case.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import type { CaseFilter } from './case-filter.ts';
import { CaseRow } from './case-row.tsx';
import classes from './case-table.module.css';
import { nextRow } from './next-row.ts';

const ROW_PX = 54;
const HEAD_PX = 36;
const NEAR_END_ROWS = 40;

type Props = {
  list: CaseList | undefined;
  filter: CaseFilter;
  now: number;
  utcOffsetMinutes: number;
  serviceName(code: string): string;
  onEnd(): void;
};

/** Only the rows in sight are on the page; the arrow keys walk through all of them. */
export function CaseTable(props: Props): ReactElement {
  const { list, filter, onEnd } = props;
  const { t } = useTranslate();
  const box = useRef<HTMLDivElement>(null);
  const rows = list?.rows ?? [];
  const [active, setActive] = useState(0);
  // A number and no flag: the scroller may draw in between, with the row that was active before.
  const wantsFocus = useRef<number | null>(null);
  const current = Math.min(active, Math.max(0, rows.length - 1));
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    // The head is inside the scrolled box, so that its columns stand over theirs whatever a scroll bar takes.
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    getItemKey: (index) => rows[index]?.case.id ?? index,
    // The row in focus stays on the page wherever the wheel goes, or the focus would be lost.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), current])].sort((one, other) => one - other),
  });
  const items = virtualizer.getVirtualItems();
  const last = virtualizer.range?.endIndex ?? 0;

  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - NEAR_END_ROWS) onEnd();
  }, [last, rows.length, onEnd]);

  useEffect(() => {
    if (wantsFocus.current !== current) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-row="${current}"]`);
    if (row === null || row === undefined) return;
    wantsFocus.current = null;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const pageRows = Math.floor((box.current?.clientHeight ?? 0) / ROW_PX);
    const next = event.ctrlKey || event.altKey ? null : nextRow(event.key, current, rows.length, pageRows);
    if (next === null) return;
    event.preventDefault();
    wantsFocus.current = next;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };

  return (
    <div className={classes.table}>
      <div className={classes.body} ref={box} aria-busy={list === undefined}>
        <CaseHead />
        {list !== undefined && rows.length === 0 && (
          <EmptyState
            title={filter === 'all' || filter === 'open' ? t('cases.none') : t('cases.none.filter')}
          />
        )}
        <ol
          className={classes.space}
          style={{ height: virtualizer.getTotalSize() }}
          aria-label={t('cases.title')}
        >
          {items.map((item) => {
            const view = rows[item.index];
            return view === undefined ? null : (
              <CaseRow
                key={item.key}
                view={view}
                index={item.index}
                total={list?.total ?? rows.length}
                top={item.start - HEAD_PX}
                active={item.index === current}
                now={props.now}
                utcOffsetMinutes={props.utcOffsetMinutes}
                serviceName={props.serviceName(view.case.serviceCode)}
                onKeyDown={onKeyDown}
                onFocus={setActive}
              />
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function CaseHead(): ReactElement {
  const { t } = useTranslate();
  return (
    <div className={`${classes.row} ${classes.head}`}>
      {(['number', 'service', 'status', 'due', 'delivery'] as const).map((it) => (
        <span key={it}>{t(`cases.column.${it}`)}</span>
      ))}
    </div>
  );
}
