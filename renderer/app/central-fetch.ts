/** `fetch` for requests to the centre through the station of the browser shell, which asks for our session. */
export function createCentralFetch(session: string): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    request.headers.set('darcha-session', session);
    return fetch(request);
  };
}
