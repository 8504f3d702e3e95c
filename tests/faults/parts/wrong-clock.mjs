// Goes before a program: its clock is as wrong as a file says, from the moment on that it says so.
import { readFileSync } from 'node:fs';

const Right = Date;
const EVERY_MS = 50;
let offsetMs = 0;

function look() {
  try {
    offsetMs = Number(readFileSync(process.env.DARCHA_TEST_CLOCK ?? '', 'utf8'));
  } catch {
    // None: it is right.
  }
}
look();
setInterval(look, EVERY_MS).unref();

const now = () => Right.now() + offsetMs;
globalThis.Date = class extends Right {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now = now;
};
