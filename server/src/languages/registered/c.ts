import { cFamily } from '../c/read.ts';

export default cFamily('c', 'tree-sitter-c.wasm', ['.c']);
