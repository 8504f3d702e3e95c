/** What is still to be recorded of a text once `recorded` is: what was typed behind it meanwhile, or all of it. */
export function noteLeft(text: string, recorded: string): string {
  return text.startsWith(recorded) ? text.slice(recorded.length).trimStart() : text;
}
