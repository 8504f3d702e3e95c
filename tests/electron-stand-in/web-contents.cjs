// A page of Chromium as Electron's WebContents: preload in its own world, locks, ipc and ports.
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { schemes, toShown, fromShown, originFromShown } = require('./schemes.cjs');

const world = fs.readFileSync(path.join(__dirname, 'world.js'), 'utf8');
const codec = new Function(`${world};return makeCodec()`)();
const WORLD_NAME = 'preload';

function preloadSource(file) {
  const body = `function(require,module,exports,process){${fs.readFileSync(file, 'utf8')}\n}`;
  return `(()=>{if(top!==window)return;${world};makePreloadWorld(makeCodec(),${body})})()`;
}

let lastWebContentsId = 0;
let lastPortId = 0;

class WebContents extends EventEmitter {
  #chromium;
  #ipcMain;
  #preferences;
  #contexts = new Map();
  #frames = new Map();
  #ports = new Map();
  #openHandler = () => ({ action: 'allow' });
  #loading = null;
  lastOpen = null;
  targetId = null;
  isGone = false;

  constructor({ chromium, ipcMain, preferences, session, whenReady, takeBlank }) {
    super();
    lastWebContentsId += 1;
    this.id = lastWebContentsId;
    this.session = session;
    this.#chromium = chromium;
    this.#ipcMain = ipcMain;
    this.#preferences = { sandbox: true, contextIsolation: true, nodeIntegration: false, ...preferences };
    const { sandbox, contextIsolation, nodeIntegration } = this.#preferences;
    if (!sandbox || !contextIsolation || nodeIntegration) {
      throw new Error('stand-in: only sandboxed, context-isolated windows');
    }
    this.ready = whenReady.then(() => this.#start(takeBlank()));
  }

  async #start(blankTarget) {
    this.targetId =
      blankTarget ?? (await this.#chromium.send('Target.createTarget', { url: 'about:blank' })).targetId;
    const attached = { targetId: this.targetId, flatten: true };
    const { sessionId } = await this.#chromium.send('Target.attachToTarget', attached);
    this.#send = (method, params) => this.#chromium.send(method, params, sessionId);
    this.#listen(this.#chromium.openSession(sessionId));
    for (const domain of ['Page', 'Runtime', 'Inspector']) await this.#send(`${domain}.enable`);
    await this.#send('Runtime.addBinding', { name: '__ipc', executionContextName: WORLD_NAME });
    if (this.#preferences.preload) {
      const source = preloadSource(this.#preferences.preload);
      await this.#send('Page.addScriptToEvaluateOnNewDocument', { worldName: WORLD_NAME, source });
    }
    const own = [...schemes.keys()].map((it) => ({ urlPattern: `https://*.${it}.invalid/*` }));
    await this.#send('Fetch.enable', { patterns: [...own, { urlPattern: '*', resourceType: 'Document' }] });
  }

  #send = () => Promise.reject(new Error('not started'));

  #listen(session) {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD_NAME) this.#contexts.set(context.id, context.auxData.frameId);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#forget([executionContextId]),
    );
    session.on('Runtime.executionContextsCleared', () => this.#forget([...this.#contexts.keys()]));
    session.on('Runtime.bindingCalled', ({ payload, executionContextId }) =>
      this.#takeIpc(JSON.parse(payload), executionContextId),
    );
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#frames.set(frame.id, frame);
      if (frame.parentId === undefined) this.emit('did-navigate', {}, fromShown(frame.url));
    });
    session.on('Page.loadEventFired', () => {
      this.emit('did-finish-load');
      this.emit('stand-in-ready-to-show');
    });
    session.on('Page.windowOpen', ({ url, windowName }) => {
      const details = { url: fromShown(url), frameName: windowName, features: '', disposition: 'new-window' };
      this.lastOpen = this.#openHandler(details);
    });
    session.on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );
    session.on('Fetch.requestPaused', (paused) => {
      this.#answerRequest(paused).catch(() =>
        this.#send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' }).catch(
          () => undefined,
        ),
      );
    });
  }

  /** A document is gone, and with it the ports it had. */
  #forget(contextIds) {
    for (const contextId of contextIds) {
      this.#contexts.delete(contextId);
      for (const [id, it] of this.#ports) {
        if (it.contextId !== contextId) continue;
        this.#ports.delete(id);
        it.port.close();
      }
    }
  }

  async #answerRequest({ requestId, request, resourceType, frameId }) {
    const url = fromShown(request.url);
    if (resourceType === 'Document' && !this.#mayNavigate(url, frameId)) {
      return this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    }
    const handler = schemes.get(url.split(':')[0])?.handler;
    if (!handler) return this.#send('Fetch.continueRequest', { requestId });
    const response = await handler(toRequest(url, request));
    const bytes = Buffer.from(await response.arrayBuffer());
    return this.#send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: bytes.toString('base64'),
    });
  }

  #mayNavigate(url, frameId) {
    const isMainFrame = frameId === this.targetId;
    if (isMainFrame && url === this.#loading) return true;
    let isStopped = false;
    const event = { url, isMainFrame, preventDefault: () => (isStopped = true) };
    this.emit('will-frame-navigate', event);
    if (isMainFrame && !isStopped) this.emit('will-navigate', event, url);
    return !isStopped;
  }

  #frame(id) {
    const frame = this.#frames.get(id);
    if (frame === undefined) return null;
    const url = fromShown(frame.url);
    const parent = frame.parentId === undefined ? null : this.#frame(frame.parentId);
    return { url, origin: originFromShown(new URL(frame.url).origin), parent, frameToken: id };
  }

  get mainFrame() {
    return this.#frame(this.targetId);
  }

  async #takeIpc(message, contextId) {
    const { type, id, channel } = message;
    if (type === 'port') return this.#ports.get(id)?.port.other.take(codec.decode(message.data));
    if (type === 'port-closed') return this.#ports.get(id)?.port.close();
    const event = { sender: this, senderFrame: this.#frame(this.#contexts.get(contextId)), ports: [] };
    const args = codec.decode(message.args);
    if (type === 'send') return this.#ipcMain.emit(channel, event, ...args);
    try {
      const value = codec.encode(await this.#ipcMain.answer(channel, event, args));
      return this.#toContext(contextId, { type: 'answer', id, value });
    } catch (error) {
      return this.#toContext(contextId, {
        type: 'answer',
        id,
        error: codec.encode(new Error(String(error))),
      });
    }
  }

  #toContext(contextId, message) {
    return this.#send('Runtime.callFunctionOn', {
      functionDeclaration: 'function(text){__ipcIn(text)}',
      executionContextId: contextId,
      arguments: [{ value: JSON.stringify(message) }],
    }).catch(() => undefined);
  }

  send(channel, ...args) {
    this.#post(channel, args, []);
  }

  postMessage(channel, message, transfer = []) {
    this.#post(channel, [message], transfer);
  }

  #post(channel, args, transfer) {
    const found = [...this.#contexts].find(([, frameId]) => frameId === this.targetId);
    if (found === undefined) return;
    const [contextId] = found;
    const ids = transfer.map(() => ++lastPortId);
    void this.#toContext(contextId, { type: 'message', channel, args: codec.encode(args), ports: ids });
    for (const [at, port] of transfer.entries()) {
      const id = ids[at];
      this.#ports.set(id, { port, contextId });
      port.moveToPage({
        post: (data) => void this.#toContext(contextId, { type: 'port', id, data: codec.encode(data) }),
        close: () => void this.#toContext(contextId, { type: 'port-closed', id }),
      });
    }
  }

  async loadURL(url) {
    await this.ready;
    this.#loading = new URL(url).href;
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await this.#send('Page.navigate', { url: toShown(url) });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
    this.#loading = null;
  }

  reload() {
    void this.#send('Page.reload').catch(() => undefined);
  }

  setWindowOpenHandler(handler) {
    this.#openHandler = handler;
  }

  getURL() {
    return this.mainFrame?.url ?? '';
  }

  isDestroyed() {
    return this.isGone;
  }

  async printToPDF(options = {}) {
    const { data } = await this.#send('Page.printToPDF', {
      printBackground: options.printBackground === true,
    });
    return Buffer.from(data, 'base64');
  }
}

function toRequest(url, { method, headers, postDataEntries, postData }) {
  const kept = Object.entries(headers).map(([name, value]) => {
    const isAddress = /^(origin|referer)$/i.test(name);
    return [name.toLowerCase(), isAddress ? originFromShown(value) : value];
  });
  const pieces = (postDataEntries ?? []).map((it) => Buffer.from(it.bytes ?? '', 'base64'));
  const bytes = pieces.length > 0 ? Buffer.concat(pieces) : postData;
  return new Request(url, { method, headers: kept, ...(bytes === undefined ? {} : { body: bytes }) });
}

module.exports = { WebContents };
