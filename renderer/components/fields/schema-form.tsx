import { memo, type ReactElement } from 'react';
import { visibleFields } from '#model/form';
import type { Service } from '#model/service';
import { useFormPart } from './answer-form.ts';
import classes from './field-grid.module.css';
import { GroupRows } from './group-rows.tsx';
import { PlainFieldInput, spanOf } from './plain-field-input.tsx';

type Props = { service: Service };

/** The form of a service, built from its schema; fields whose condition does not hold are not there. */
export const SchemaForm = memo(function SchemaForm({ service }: Props): ReactElement {
  const shown = useFormPart(({ answers }) =>
    visibleFields(service, answers)
      .map((it) => it.key)
      .join(' '),
  ).split(' ');
  return (
    <div className={classes.grid}>
      {service.form
        .filter((it) => shown.includes(it.key))
        .map((field) => (
          <div key={field.key} data-span={spanOf(field)}>
            {field.kind === 'group' ? (
              <GroupRows service={service} group={field} />
            ) : (
              <PlainFieldInput field={field} path={`form.${field.key}`} />
            )}
          </div>
        ))}
    </div>
  );
});
