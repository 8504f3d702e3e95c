const { rmSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Leaves Electron's own demonstration app out.
 *
 * electron-builder does it only for an Electron it unpacked itself, and takes the archive's digests
 * right after; so it happens here, not once all is packed.
 */
exports.default = async ({ appOutDir }) => {
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  rmSync(join(appOutDir, 'version'), { force: true });
};
