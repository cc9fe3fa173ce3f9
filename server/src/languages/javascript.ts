import { jsFamily } from './jsFamily/file.ts';

export default jsFamily(
	'javascript',
	'tree-sitter-tsx.wasm',
	['.js', '.jsx', '.mjs', '.cjs'],
	['javascript', 'javascriptreact'],
);
