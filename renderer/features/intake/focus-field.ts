/** Goes to the field of a path: of a group, an address or a person to the first one inside it. */
export function focusField(path: string): void {
  const name = CSS.escape(path);
  const field =
    document.querySelector<HTMLElement>(`[data-path^="${name}."]`) ??
    document.querySelector<HTMLElement>(`[data-path="${name}"]`);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
