// Chromium at the end of a pipe, spoken to in the DevTools protocol.
const { spawn } = require('node:child_process');
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--remote-debugging-pipe',
  '--remote-debugging-port=0',
];

function createChromium() {
  const browser = new EventEmitter();
  const asked = new Map();
  const sessions = new Map();
  let child = null;
  let lastId = 0;

  function take(message) {
    if (message.id === undefined) {
      (sessions.get(message.sessionId) ?? browser).emit(message.method, message.params);
      return;
    }
    const { resolve, reject, method } = asked.get(message.id);
    asked.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`));
    else resolve(message.result);
  }

  return Object.assign(browser, {
    start(userData, onExit) {
      const profile = path.join(userData, 'chromium');
      fs.mkdirSync(profile, { recursive: true });
      const program = process.env.STANDIN_CHROMIUM || 'chromium';
      child = spawn(program, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      });
      // Playwright waits for this line of Electron's.
      child.stderr.on('data', (bytes) => {
        for (const line of String(bytes).split('\n')) {
          if (line.startsWith('DevTools listening')) process.stderr.write(`${line}\n`);
        }
      });
      let rest = Buffer.alloc(0);
      child.stdio[4].on('data', (bytes) => {
        rest = Buffer.concat([rest, bytes]);
        for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
          const message = JSON.parse(rest.subarray(0, end).toString('utf8'));
          rest = rest.subarray(end + 1);
          take(message);
        }
      });
      child.stdio[3].on('error', () => undefined);
      child.on('exit', () => {
        child = null;
        onExit();
      });
    },
    send(method, params = {}, sessionId) {
      if (child === null) return Promise.reject(new Error(`${method}: Chromium is gone`));
      return new Promise((resolve, reject) => {
        lastId += 1;
        asked.set(lastId, { resolve, reject, method });
        child.stdio[3].write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
      });
    },
    openSession(sessionId) {
      const session = new EventEmitter();
      sessions.set(sessionId, session);
      return session;
    },
    kill: () => child?.kill(),
    /** Its profile is free only when it has gone. */
    end: () =>
      new Promise((resolve) => {
        if (child === null) resolve();
        else {
          child.once('exit', resolve);
          child.kill();
        }
      }),
  });
}

module.exports = { createChromium };
