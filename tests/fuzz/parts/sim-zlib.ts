import { PassThrough } from 'node:stream';

/** `node:zlib` without a thread of its own and without packing: what travels is cut and proved as bytes all the same. */
export const constants = {
  BROTLI_PARAM_QUALITY: 1,
  BROTLI_PARAM_MODE: 0,
  BROTLI_MODE_TEXT: 1,
  BROTLI_PARAM_LGWIN: 2,
  BROTLI_MAX_WINDOW_BITS: 24,
};

const pass = (): PassThrough => new PassThrough();

export { pass as createBrotliCompress, pass as createBrotliDecompress, pass as createGunzip };
