/** What the engine needs from Node: the parser's module and the grammars' bytes, from `dist` or from the source tree. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { EngineSource } from '../syntax/trees.ts';

/**
 * @param directory the folder of the running script: the bundle's (which has `web-tree-sitter.cjs` and `grammars/` in
 * it), or one of this package's source folders.
 */
export function nodeEngine(directory: string): EngineSource {
	const bundled = existsSync(join(directory, 'web-tree-sitter.cjs'));
	const root = bundled ? directory : packageRoot(directory);
	const require = createRequire(join(root, 'package.json'));
	const module = bundled ? join(root, 'web-tree-sitter.cjs') : require.resolve('web-tree-sitter');
	return {
		freshEngine: async () => {
			delete require.cache[module];
			return require(module);
		},
		wasm: (file) => readFile(join(root, 'grammars', file)),
		...('threadCpuUsage' in process ? { spent: threadTime } : {}),
	};
}

function threadTime(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

function packageRoot(from: string): string {
	for (let folder = resolve(from); ; folder = resolve(folder, '..')) {
		if (existsSync(join(folder, 'grammars', 'web-tree-sitter.wasm'))) return folder;
		if (folder === resolve(folder, '..')) throw new Error(`No grammars folder above ${from}.`);
	}
}
