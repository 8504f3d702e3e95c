import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { KeyHint } from '../../components/key-hint.tsx';
import { Notice } from '../../components/notice.tsx';
import { useKeys } from '../../components/use-keys.tsx';
import { type StartTrouble, useStartDraft } from '../../data/use-start-draft.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './search-box.module.css';
import { useSearchResults } from './use-search-results.ts';

/** One box over everything local: services in any script, and cases by number, name, PINFL or phone. */
export function SearchBox(): ReactElement {
  const { t, language } = useTranslate();
  const navigate = useNavigate();
  const startDraft = useStartDraft();
  const [text, setText] = useState('');
  const [trouble, setTrouble] = useState<StartTrouble>();
  const input = useRef<HTMLInputElement>(null);
  const isStarting = useRef(false);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { services, cases, busy } = useSearchResults(text);
  useKeys([
    {
      keys: 'Ctrl+K',
      label: 'keys.search',
      run: () => {
        input.current?.focus();
        input.current?.select();
      },
    },
  ]);

  // Cases arrive after services and stand above them: what Enter takes is always what is marked.
  const shown = [...cases.map((it) => it.caseId), ...services.map((it) => it.id)].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store is made anew with every render
  useEffect(() => {
    combobox.resetSelectedOption();
    if (shown !== '') combobox.selectFirstOption();
  }, [shown]);

  const leave = (): void => {
    setText('');
    setTrouble(undefined);
    combobox.closeDropdown();
    input.current?.blur();
  };
  const choose = async (value: string): Promise<void> => {
    const [kind, id] = value.split(/:(.*)/s);
    if (kind === 'case') {
      leave();
      await navigate({ to: '/cases/$caseId', params: { caseId: id } as never });
      return;
    }
    const service = services.find((it) => it.id === id);
    if (service === undefined || isStarting.current) return;
    isStarting.current = true;
    const started = await startDraft(service).finally(() => {
      isStarting.current = false;
    });
    if (started.outcome !== 'started') return setTrouble(started.outcome);
    leave();
    await navigate({ to: '/intake/$draftId', params: { draftId: started.draftId } as never });
  };

  const wanted = text.trim();
  return (
    <Combobox store={combobox} onOptionSubmit={(value) => void choose(value)}>
      <Combobox.Target>
        <TextInput
          ref={input}
          type="search"
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          aria-keyshortcuts="Control+K"
          spellCheck={false}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSection={busy ? <Loader size={16} /> : <KeyHint keys="Ctrl+K" />}
          rightSectionWidth={68}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTrouble(undefined);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            leave();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted === ''}>
        {trouble !== undefined && (
          <Combobox.Header>
            <Notice tone="bad" title={t(`start.${trouble}`)}>
              {t(`start.${trouble}.next`)}
            </Notice>
          </Combobox.Header>
        )}
        <Combobox.Options aria-label={t('search.found')} mah={460} className={classes.options ?? ''}>
          {cases.length > 0 && (
            <Combobox.Group label={t('search.cases')}>
              {cases.map((it) => (
                <Combobox.Option key={it.caseId} value={`case:${it.caseId}`} className={classes.option ?? ''}>
                  <span className={classes.words}>
                    {it.name} <span className={classes.number}>{it.number}</span>
                  </span>
                  <span className={classes.ground}>{t(`search.ground.${it.ground}`)}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {services.length > 0 && (
            <Combobox.Group label={t('search.services')}>
              {services.map((it) => (
                <Combobox.Option key={it.id} value={`service:${it.id}`} className={classes.option ?? ''}>
                  <span className={classes.words}>{it.name[language]}</span>
                  <span className={classes.ground}>{it.code}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {!busy && cases.length === 0 && services.length === 0 && (
            <Combobox.Empty>
              <Text size="sm">{t('search.none')}</Text>
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
