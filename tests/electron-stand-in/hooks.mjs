/** Whoever imports `electron` gets the stand-in. */
export async function resolve(specifier, context, next) {
  if (specifier !== 'electron' && !specifier.startsWith('electron/')) return next(specifier, context);
  return { url: new URL('./electron.mjs', import.meta.url).href, shortCircuit: true };
}
