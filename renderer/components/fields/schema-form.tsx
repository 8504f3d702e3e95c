import type { ReactElement } from 'react';
import { visibleFields } from '#model/form';
import type { Service } from '#model/service';
import { useAnswerForm } from './answer-form.ts';
import classes from './field-grid.module.css';
import { GroupRows } from './group-rows.tsx';
import { PlainFieldInput, spanOf } from './plain-field-input.tsx';

/** The form of a service, built from its schema; fields whose condition does not hold are not there. */
export function SchemaForm({ service }: { service: Service }): ReactElement {
  const { answers } = useAnswerForm();
  return (
    <div className={classes.grid}>
      {visibleFields(service, answers).map((field) => (
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
}
