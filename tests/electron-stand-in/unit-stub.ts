// What `electron` is in unit tests: enough to be imported. Whoever calls it wants the stand-in instead.
const refuse = (name: string) => (): never => {
  throw new Error(`unit tests have no electron: ${name}`);
};

export const app = { isPackaged: false, getVersion: refuse('app.getVersion') };
export const BrowserWindow = refuse('BrowserWindow');
export const dialog = {};
export const ipcMain = { on: refuse('ipcMain.on') };
export const ipcRenderer = { on: refuse('ipcRenderer.on'), send: refuse('ipcRenderer.send') };
export const Menu = {};
export const MessageChannelMain = refuse('MessageChannelMain');
export const protocol = {};
export const safeStorage = {};
export const session = {};
