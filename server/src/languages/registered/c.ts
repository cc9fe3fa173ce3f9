import { cFamily } from '../c/family.ts';

export default cFamily('c', 'tree-sitter-c.wasm', ['.c']);
