import { jsFamily } from '../js/family.ts';

export default jsFamily(
	'javascript',
	'tree-sitter-tsx.wasm',
	['.js', '.jsx', '.mjs', '.cjs'],
	['javascript', 'javascriptreact'],
);
