const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const { app, mainLoaded } = globalThis.__electronStandIn;
const place = app.getAppPath();
const isFolder = fs.statSync(place).isDirectory();
const main = isFolder
  ? path.join(place, JSON.parse(fs.readFileSync(path.join(place, 'package.json'), 'utf8')).main ?? 'index.js')
  : place;
import(pathToFileURL(main).href).then(mainLoaded, (error) => {
  console.error('main failed:', error);
  process.exit(1);
});
