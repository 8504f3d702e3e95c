import type { FieldRule } from './field-rule.ts';
import type { FormField, PlainField, Service } from './service.ts';

const REACHED_BY = /^(applicant|representative)\.(phone|email|address)(\.|$)/;

/**
 * How edits of a field made apart are joined.
 *
 * Ways to reach a person are `lww`; all else about a person is `review`; a field of the form has the
 * rule of the catalogue; what nobody knows is `review`.
 */
export function ruleOf(service: Service | null, path: string): FieldRule {
  if (REACHED_BY.test(path)) return 'lww';
  if (!path.startsWith('form.') || !service) return 'review';
  return formFieldAt(service, path)?.rule ?? 'review';
}

/** The field of the form that an answer's path belongs to; a part of an address belongs to the address. */
export function formFieldAt(service: Service, path: string): PlainField | undefined {
  const [root, key, row, rowKey] = path.split('.');
  if (root !== 'form') return undefined;
  const field: FormField | undefined = service.form.find((it) => it.key === key);
  if (field?.kind !== 'group') return field;
  return /^\d+$/.test(row ?? '') ? field.fields.find((it) => it.key === rowKey) : undefined;
}
