// An app's own scheme over a browser that does not know it: `app://darcha/x` is shown to Chromium as
// `https://darcha.app.invalid/x`, where secure context, CSP and same origin are real.
const schemes = new Map();

function toShown(url) {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  return schemes.has(scheme) ? `https://${host}.${scheme}.invalid${pathname}${search}${hash}` : url;
}

function fromShown(url) {
  const found = /^(blob:)?https:\/\/([^/]*)\.([a-z]+)\.invalid(\/.*)?$/.exec(url);
  if (found === null || !schemes.has(found[3])) return url;
  return `${found[1] ?? ''}${found[3]}://${found[2]}${found[4] ?? '/'}`;
}

/** As a header says it: an origin has no path. */
function originFromShown(origin) {
  return fromShown(origin).replace(/\/$/, '');
}

module.exports = { schemes, toShown, fromShown, originFromShown };
