// MessageChannelMain: two ends in the main process, of which one can be handed to a page.
const { EventEmitter } = require('node:events');

class MessagePortMain extends EventEmitter {
  #kept = [];
  #isStarted = false;
  #isClosed = false;
  #toPage = null;
  other = null;

  postMessage(data) {
    if (!this.#isClosed) this.other.take(structuredClone(data));
  }

  take(data) {
    if (this.#isClosed) return;
    if (this.#toPage !== null) this.#toPage.post(data);
    else if (this.#isStarted) this.#emit(data);
    else this.#kept.push(data);
  }

  start() {
    this.#isStarted = true;
    for (const data of this.#kept.splice(0)) this.#emit(data);
  }

  /** From now on this end is a port of a page: what comes to it is posted there. */
  moveToPage(page) {
    this.#toPage = page;
    for (const data of this.#kept.splice(0)) page.post(data);
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#toPage?.close();
    setImmediate(() => {
      this.emit('close');
      this.other.close();
    });
  }

  #emit(data) {
    setImmediate(() => this.emit('message', { data, ports: [] }));
  }
}

class MessageChannelMain {
  constructor() {
    this.port1 = new MessagePortMain();
    this.port2 = new MessagePortMain();
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

module.exports = { MessageChannelMain };
