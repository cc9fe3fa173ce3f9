/** What the language server gets from a process of Node. */
import type { Host, Platform } from '../lsp/host.ts';
import { DiskEditorProject } from './diskEditorProject.ts';
import { nodeEngine } from './engine.ts';

const PLATFORMS: Readonly<Record<string, Platform>> = { win32: 'Windows', darwin: 'macOS' };

/** @param directory folder of the running script, as `nodeEngine` takes it. */
export const nodeHost = (directory: string): Host => ({
	engine: nodeEngine(directory),
	project: new DiskEditorProject(),
	platform: PLATFORMS[process.platform] ?? 'Linux',
	yield: () => new Promise((resolve) => setImmediate(resolve)),
	wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
});
