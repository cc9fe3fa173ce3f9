/** What the language server gets from a worker of a browser: files by address, and no disk. */
import type { Host } from '../lsp/host.ts';
import type { EngineSource } from '../syntax/trees.ts';

type Engine = Awaited<ReturnType<EngineSource['freshEngine']>>;

/** @param base address of the folder that holds `web-tree-sitter.cjs` and `grammars/`, with a slash at its end. */
export const browserHost = (base: string): Host => ({
	engine: browserEngine(base),
	platform: 'browser',
	yield: () => new Promise((resolve) => setTimeout(resolve, 0)),
	// Browsers make such a turn last some milliseconds.
	stretch: 8,
	// A worker cannot tell what it holds.
	budget: { time: 20_000 },
	wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});

function browserEngine(base: string): EngineSource {
	const get = async (file: string): Promise<Response> => {
		const response = await fetch(base + file);
		if (!response.ok) throw new Error(`${file} could not be fetched: ${response.status}`);
		return response;
	};
	return {
		// A worker has no cache of modules to empty: the parser's text is run anew.
		freshEngine: async () => evaluated(await (await get('web-tree-sitter.cjs')).text()),
		wasm: async (file) => new Uint8Array(await (await get(`grammars/${file}`)).arrayBuffer()),
	};
}

/** Runs the parser's CommonJS module, which needs no other. */
function evaluated(text: string): Engine {
	const module = { exports: {} as Engine };
	new Function('module', 'exports', 'require', '__filename', text)(module, module.exports, () => ({}), '');
	const { Parser } = module.exports;
	const init = Parser.init.bind(Parser);
	// It asks where its wasm lies although it is given the bytes.
	Parser.init = (options) => init({ ...options, locateFile: (file: string) => file });
	return module.exports;
}
