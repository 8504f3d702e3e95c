import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import type { Service } from '#model/service';
import { createServiceSearch } from '#model/service-search';
import { EmptyState } from '../../components/empty-state.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import { Panel } from '../../components/panel.tsx';
import { useKeys } from '../../components/use-keys.tsx';
import { useReference } from '../../data/use-catalogue.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './counter-screen.module.css';
import { ServiceResults } from './service-results.tsx';
import { TopServices } from './top-services.tsx';

const SHOWN = 60;
const RESULTS_ID = 'service-results';

type Props = { services: readonly Service[]; onStart: (service: Service) => void };

/** Finds a service by what the visitor calls it; arrows choose, Enter begins. */
export function ServiceFinder({ services, onStart }: Props): ReactElement {
  const { t, language } = useTranslate();
  const spheres = useReference('sphere');
  const departments = useReference('department');
  const [text, setText] = useState('');
  const [sphere, setSphere] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);

  const search = useMemo(
    () =>
      createServiceSearch(services, {
        spheres: Object.fromEntries((spheres ?? []).map((it) => [it.code, it.name])),
        departments: Object.fromEntries((departments ?? []).map((it) => [it.code, it.name])),
      }),
    [services, spheres, departments],
  );
  const isAsked = text.trim() !== '' || sphere !== null;
  const found = useMemo(() => {
    if (!isAsked) return [];
    return search.search(text, services.length).filter((it) => sphere === null || it.sphere === sphere);
  }, [search, text, sphere, isAsked, services.length]);
  const shown = found.slice(0, SHOWN);
  const used = useMemo(() => new Set(services.map((it) => it.sphere)), [services]);

  useKeys([{ keys: 'F2', label: 'keys.newCase', run: () => input.current?.select() }]);
  useEffect(() => {
    document.getElementById(`${RESULTS_ID}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const ask = (nextText: string, nextSphere: string | null): void => {
    setText(nextText);
    setSphere(nextSphere);
    setActive(0);
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setActive((now) => Math.min(Math.max(now + step, 0), shown.length - 1));
    } else if (event.key === 'Enter') {
      const chosen = shown[active];
      if (chosen !== undefined) onStart(chosen);
    } else if (event.key === 'Escape' && isAsked) {
      event.preventDefault();
      ask('', null);
    }
  };

  return (
    <>
      <Panel title={t('counter.newCase')} aside={<KeyHint keys="F2" />}>
        <TextInput
          ref={input}
          size="lg"
          value={text}
          onChange={(event) => ask(event.currentTarget.value, sphere)}
          onKeyDown={press}
          autoFocus
          spellCheck={false}
          leftSection={<IconSearch size={22} aria-hidden />}
          placeholder={t('counter.search.placeholder')}
          aria-label={t('counter.search')}
          role="combobox"
          aria-expanded={shown.length > 0}
          {...(shown.length > 0
            ? { 'aria-controls': RESULTS_ID, 'aria-activedescendant': `${RESULTS_ID}-${active}` }
            : {})}
        />
        <fieldset className={classes.chips} aria-label={t('counter.spheres')}>
          {[...(spheres ?? [])]
            .filter((it) => used.has(it.code))
            .sort((a, b) => a.order - b.order)
            .map((it) => (
              <button
                key={it.code}
                type="button"
                className={classes.chip}
                aria-pressed={sphere === it.code}
                onClick={() => ask(text, sphere === it.code ? null : it.code)}
              >
                {it.name[language]}
              </button>
            ))}
        </fieldset>
      </Panel>
      {!isAsked && <TopServices services={services} onStart={onStart} />}
      {isAsked && (
        <section aria-label={t('counter.found')}>
          <div className={classes.head}>
            <h2>{t('counter.found')}</h2>
            <span className={classes.count} role="status">
              {t('counter.count', { count: found.length })}
            </span>
          </div>
          {shown.length === 0 ? (
            <EmptyState icon={IconSearch} title={t('counter.nothing')}>
              {t('counter.nothing.next')}
            </EmptyState>
          ) : (
            <ServiceResults
              id={RESULTS_ID}
              services={shown}
              active={active}
              onActive={setActive}
              onStart={onStart}
            />
          )}
        </section>
      )}
    </>
  );
}
