// Runs in Node and, as text, in the preload's world of a page: values as JSON that keeps their types.
// biome-ignore lint/correctness/noUnusedVariables: called by whoever evaluates this text
function makeCodec() {
  const toBase64 = (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const fromBase64 = (text) => Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
  const isPlain = (it) => it === null || typeof it === 'boolean' || typeof it === 'string';
  const encode = (it) => {
    if (it === undefined) return { u: 1 };
    if (isPlain(it)) return it;
    if (typeof it === 'number') return Number.isFinite(it) ? it : { n: String(it) };
    if (typeof it === 'bigint') return { g: String(it) };
    if (typeof it === 'function' || typeof it === 'symbol') throw new Error('An object could not be cloned.');
    if (it instanceof Date) return { d: it.getTime() };
    if (it instanceof Error) return { e: [it.name, it.message] };
    if (it instanceof ArrayBuffer) return { b: toBase64(new Uint8Array(it)) };
    if (ArrayBuffer.isView(it))
      return { y: toBase64(new Uint8Array(it.buffer, it.byteOffset, it.byteLength)) };
    if (Array.isArray(it)) return { a: it.map(encode) };
    if (it instanceof Map) return { m: [...it].map(([key, value]) => [encode(key), encode(value)]) };
    if (it instanceof Set) return { s: [...it].map(encode) };
    return { o: Object.fromEntries(Object.entries(it).map(([key, value]) => [key, encode(value)])) };
  };
  const decoders = {
    u: () => undefined,
    n: Number,
    g: BigInt,
    d: (it) => new Date(it),
    e: ([name, message]) => Object.assign(new Error(message), { name }),
    b: (it) => fromBase64(it).buffer,
    y: fromBase64,
    a: (it) => it.map(decode),
    m: (it) => new Map(it.map(([key, value]) => [decode(key), decode(value)])),
    s: (it) => new Set(it.map(decode)),
    o: (it) => Object.fromEntries(Object.entries(it).map(([key, value]) => [key, decode(value)])),
  };
  function decode(it) {
    if (typeof it !== 'object' || it === null) return it;
    const [kind] = Object.keys(it);
    return decoders[kind](it[kind]);
  }
  return { encode, decode };
}

// What a sandboxed preload can require, in an isolated world of the page's top frame.
// biome-ignore lint/correctness/noUnusedVariables: called by whoever evaluates this text
function makePreloadWorld(codec, body) {
  const post = globalThis.__ipc;
  const listeners = new Map();
  const asked = new Map();
  const ports = new Map();
  let lastId = 0;
  const send = (it) => post(JSON.stringify(it));

  // A real channel of the page: one end for whoever gets the port, the other bridged to the main process.
  function openPort(id) {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }) => send({ type: 'port', id, data: codec.encode(data) });
    port1.addEventListener('close', () => send({ type: 'port-closed', id }));
    return port2;
  }

  const ipcRenderer = {
    send: (channel, ...args) => send({ type: 'send', channel, args: codec.encode(args) }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        asked.set(lastId, { resolve, reject });
        send({ type: 'invoke', id: lastId, channel, args: codec.encode(args) });
      }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel, listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((it) => it !== listener),
      );
      return ipcRenderer;
    },
  };
  const takers = {
    message({ channel, args, ports: ids }) {
      const event = { sender: ipcRenderer, senderId: 0, ports: ids.map(openPort) };
      for (const listener of listeners.get(channel) ?? []) listener(event, ...codec.decode(args));
    },
    answer({ id, value, error }) {
      const { resolve, reject } = asked.get(id);
      asked.delete(id);
      if (error === undefined) resolve(codec.decode(value));
      else reject(codec.decode(error));
    },
    port: ({ id, data }) => ports.get(id)?.postMessage(codec.decode(data)),
    'port-closed': ({ id }) => ports.get(id)?.close(),
  };
  globalThis.__ipcIn = (text) => {
    const message = JSON.parse(text);
    takers[message.type](message);
  };
  const require = (id) => {
    if (id === 'electron' || id === 'electron/renderer') return { ipcRenderer };
    throw new Error(`module not found: ${id}`);
  };
  const module = { exports: {} };
  body(require, module, module.exports, {
    sandboxed: true,
    contextIsolated: true,
    type: 'renderer',
    versions: {},
  });
}
