import type { LocalText } from '#model/local-text';
import type { PlainField, Service } from '#model/service';

/** What stands behind a path `form.…`: its field, the group and row it is in, the part of it. */
export type FoundField = {
  field: PlainField;
  group: { label: LocalText; row: number } | null;
  /** `region`, `surname`, … of an address or a person. */
  part: string | null;
};

/** Finds the field of a path in a service's form; `null` for a path the version does not know. */
export function findField(service: Service | null | undefined, path: string): FoundField | null {
  const [root, key, ...rest] = path.split('.');
  if (root !== 'form' || service === null || service === undefined) return null;
  const field = service.form.find((it) => it.key === key);
  if (field === undefined) return null;
  if (field.kind !== 'group') return { field, group: null, part: rest[0] ?? null };
  const [row, inner, part] = rest;
  const found = field.fields.find((it) => it.key === inner);
  if (found === undefined) return null;
  return { field: found, group: { label: field.label, row: Number(row) }, part: part ?? null };
}
