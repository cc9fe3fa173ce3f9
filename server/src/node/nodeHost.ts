/** What the language server gets from a process of Node. */
import { getHeapStatistics } from 'node:v8';
import type { Host, Platform } from '../lsp/host.ts';
import { DiskEditorProject } from './diskEditorProject.ts';
import { nodeEngine } from './engine.ts';

const PLATFORMS: Readonly<Record<string, Platform>> = { win32: 'Windows', darwin: 'macOS' };

/** Turns of the event loop until a message is read, its answer is made, and the answer is sent; they cost next to nothing. */
const TURNS = 4;

/** @param directory folder of the running script, as `nodeEngine` takes it. */
export const nodeHost = (directory: string): Host => ({
	engine: nodeEngine(directory),
	project: new DiskEditorProject(),
	platform: PLATFORMS[process.platform] ?? 'Linux',
	async yield() {
		for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
	},
	stretch: 3,
	// Far more than the largest files take that are known. V8 frees what nothing uses long before so much has gathered.
	budget: { time: 20_000, memory: { most: 2 ** 30, held: () => getHeapStatistics().used_heap_size } },
	wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
});
